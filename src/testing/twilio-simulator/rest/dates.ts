/** A date as the API writes it: RFC 2822, whole seconds, in UTC. */
export function rfc2822(date: Date): string {
  return date.toUTCString().replace("GMT", "+0000");
}
