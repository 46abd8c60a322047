/** What a value of the query must be. */
export type Rule = (value: string) => boolean;

export const isOneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    values.includes(value);

export const isPresent: Rule = (value) => value !== "";

/** What is wrong with a query: a parameter that is unknown, missing or not allowed. */
export function faultIn(
  query: URLSearchParams,
  rules: Readonly<Record<string, Rule>>,
  needed: readonly string[],
): string | undefined {
  const missing = needed.find((name) => !query.has(name));
  if (missing !== undefined) return `${missing} is missing`;
  for (const [name, value] of query) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) return `${name} is not known`;
    if (!rule(value)) return `${name} must not be ${value}`;
  }
  return undefined;
}
