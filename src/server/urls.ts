import type { ResolvedPhoneServerOptions } from "./options.js";

/** The server's addresses, as Twilio knows them. */
export interface ServerUrls {
  /** What the others begin with. */
  readonly base: string;
  /** Of the voice webhook. */
  readonly voice: string;
  /** Of the media streams: a `wss://` address. */
  readonly media: string;
  readonly afterStream: string;
  /** Of ConversationRelay's sockets: a `wss://` address. */
  readonly relay: string;
  readonly afterRelay: string;
  /** Of the status callback. */
  readonly status: string;
}

/** The addresses under the public one. */
export function serverUrls({
  publicUrl,
  basePath,
}: Pick<ResolvedPhoneServerOptions, "publicUrl" | "basePath">): ServerUrls {
  const base = `${publicUrl}${basePath}`;
  return {
    base,
    voice: `${base}/voice`,
    media: `${base.replace(/^http/u, "ws")}/media`,
    afterStream: `${base}/after-stream`,
    relay: `${base.replace(/^http/u, "ws")}/relay`,
    afterRelay: `${base}/after-relay`,
    status: `${base}/status`,
  };
}
