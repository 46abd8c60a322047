/** A recording that the API is asked for. */
export interface RecordingOrder {
  readonly channels: 1 | 2;
  readonly source: "OutboundAPI" | "StartCallRecordingAPI";
  readonly callback?:
    | { readonly url: string; readonly method: "GET" | "POST"; readonly events: readonly string[] }
    | undefined;
}
