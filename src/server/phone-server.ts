import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { createCallTokens, isTwilioSignature, twiml } from "../plugins/twilio/index.js";
import type { VoiceSession } from "../session/index.js";
import { isBearer } from "./bearer.js";
import { type PhoneServerRequest, readForm } from "./form-body.js";
import { createLiveCalls } from "./live-calls.js";
import { type MetricsPage, type PhoneServerOptions, resolveOptions } from "./options.js";
import { refuse, refuseUpgrade, reply } from "./replies.js";
import { afterStreamWebhook, textOf, voiceWebhook, type Webhook } from "./webhooks.js";

/** `close` lets live calls go on for so long, in ms, unless told otherwise. */
export const DEFAULT_GRACE_MS = 30_000;

/** A longer WebSocket message closes its socket. One above `LONGEST_MESSAGE_CHARACTERS` is merely ignored. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** A phone server: Twilio's webhooks and sockets on one side, sessions on the other. */
export interface PhoneServer {
  /** The address to enter at Twilio as the number's voice webhook (HTTP POST). */
  readonly webhookUrl: string;
  /** The sessions of the calls that are going on. */
  readonly sessions: ReadonlySet<VoiceSession>;
  /** Answers a request if it is one of ours. @returns whether it was */
  handleRequest(request: PhoneServerRequest, response: ServerResponse): Promise<boolean>;
  /** Takes a WebSocket upgrade if it is one of ours. @returns whether it was */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** For Express and the like: `app.use(server.middleware)`, before or behind a body parser. Upgrades need `attach`. */
  readonly middleware: (request: PhoneServerRequest, response: ServerResponse, next: (error?: unknown) => void) => void;
  /** Takes the upgrades of an HTTP server; those that are not ours are left to others. @returns a function that undoes it */
  attach(server: Server): () => void;
  /** Stands alone: an HTTP server with our routes and nothing else. @returns its port */
  listen(options?: { readonly port?: number; readonly host?: string }): Promise<number>;
  /**
   * No new calls; those that go on may finish within `graceMs`, then they are ended, at most some seconds later. Then a
   * server that `listen` has started is closed.
   */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}

/**
 * Makes a phone server. Its routes, under the base path: `POST /voice` (a call comes in), `/media` (its stream),
 * `POST /after-stream` (what comes next), `GET /health`, and `GET /metrics` if there are any. Every request of Twilio's is checked for its signature.
 *
 * @throws BolchaalError `invalid-option`
 */
export function createPhoneServer(options: PhoneServerOptions): PhoneServer {
  const resolved = resolveOptions(options);
  const { authTokens, basePath, publicUrl, maxCalls, metrics, logger } = resolved;
  const tokens = createCallTokens({ secret: authTokens });
  const calls = createLiveCalls(resolved, tokens);
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Twilio does not negotiate it.
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  const streamUrl = `${publicUrl.replace(/^http/u, "ws")}${basePath}/media`;
  const afterStream = `${publicUrl}${basePath}/after-stream`;
  const webhooks = new Map<string, Webhook>([
    [`${basePath}/voice`, voiceWebhook(resolved, { stream: streamUrl, afterStream }, calls, tokens)],
    [`${basePath}/after-stream`, afterStreamWebhook(resolved, calls)],
  ]);
  let ownServer: Server | undefined;

  const isSigned = (request: IncomingMessage, url: string, params = {}) =>
    isTwilioSignature({ authToken: authTokens, signature: headerOf(request, "x-twilio-signature"), url, params });

  async function handleRequest(request: PhoneServerRequest, response: ServerResponse): Promise<boolean> {
    const target = request.originalUrl ?? request.url ?? "";
    const path = pathOf(target);
    const webhook = webhooks.get(path);
    if (webhook !== undefined) await answerWebhook(webhook, target, request, response);
    else if (path === `${basePath}/health`) answerHealth(request, response);
    else if (metrics !== undefined && path === `${basePath}/metrics`) await answerMetrics(metrics, request, response);
    else return false;
    return true;
  }

  async function answerWebhook(
    webhook: Webhook,
    target: string,
    request: PhoneServerRequest,
    response: ServerResponse,
  ): Promise<void> {
    if (request.method !== "POST") return refuse(response, 405, { Allow: "POST" });
    const form = await readForm(request);
    if ("status" in form) return refuse(response, form.status, { Connection: "close" });
    if (!isSigned(request, publicUrl + target, form.fields)) {
      logger.warn({ path: pathOf(target) }, "a webhook without Twilio's signature was refused");
      return refuse(response, 403);
    }
    const callSid = textOf(form.fields, "CallSid");
    if (callSid === "") return refuse(response, 400);
    reply(response, 200, "text/xml; charset=utf-8", await webhook(form.fields, callSid).then(twiml).catch(apology));
  }

  /** Whatever went wrong here, the caller hears a sentence, and not Twilio's error. */
  function apology(error: unknown): string {
    logger.error({ error }, "a webhook failed: the caller hears the fallback");
    return twiml(resolved.fallback);
  }

  function answerHealth(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, { Allow: "GET, HEAD" });
    const health = { status: calls.closing ? "closing" : "ok", calls: calls.sessions.size, maxCalls };
    reply(response, calls.closing ? 503 : 200, "application/json", JSON.stringify(health));
  }

  async function answerMetrics(page: MetricsPage, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, { Allow: "GET, HEAD" });
    const { metricsToken } = resolved;
    if (metricsToken !== undefined && !isBearer(request, metricsToken)) {
      return refuse(response, 401, { "WWW-Authenticate": "Bearer" });
    }
    const text = await page.text().catch((error: unknown) => {
      logger.error({ error }, "the metrics could not be read");
    });
    if (text === undefined) refuse(response, 500);
    else reply(response, 200, page.contentType, text);
  }

  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (pathOf(request.url ?? "") !== `${basePath}/media`) return false;
    if (!isSigned(request, streamUrl)) {
      logger.warn({}, "a stream without Twilio's signature was refused");
      refuseUpgrade(socket, 403);
    } else if (!calls.hasRoom) refuseUpgrade(socket, 503);
    else sockets.handleUpgrade(request, socket, head, (webSocket) => void calls.open(webSocket));
    return true;
  }

  function attach(server: Server): () => void {
    const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const isOurs = handleUpgrade(request, socket, head);
      if (!isOurs && server.listenerCount("upgrade") === 1) refuseUpgrade(socket, 404);
    };
    server.on("upgrade", onUpgrade);
    return () => {
      server.off("upgrade", onUpgrade);
    };
  }

  function answerAlone(request: IncomingMessage, response: ServerResponse): void {
    handleRequest(request, response).then(
      (isOurs) => isOurs || refuse(response, 404),
      (error: unknown) => {
        logger.error({ error }, "a request failed");
        response.destroy();
      },
    );
  }

  async function listen({ port = 0, host }: { readonly port?: number; readonly host?: string } = {}): Promise<number> {
    const server = createServer(answerAlone);
    attach(server);
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
    ownServer = server;
    return (server.address() as AddressInfo).port;
  }

  async function close({ graceMs = DEFAULT_GRACE_MS }: { readonly graceMs?: number } = {}): Promise<void> {
    await calls.close(graceMs);
    const server = ownServer;
    ownServer = undefined;
    if (server === undefined) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  return {
    webhookUrl: `${publicUrl}${basePath}/voice`,
    sessions: calls.sessions,
    handleRequest,
    handleUpgrade,
    middleware: (request, response, next) => {
      handleRequest(request, response).then((isOurs) => isOurs || next(), next);
    },
    attach,
    listen,
    close,
  };
}

function pathOf(target: string): string {
  return target.split(/[?#]/u)[0] ?? "";
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
