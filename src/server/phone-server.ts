import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import {
  createCallTokens,
  twilioConversationRelay,
  twilioMediaStream,
  type WebSocketLike,
} from "../plugins/twilio/index.js";
import type { VoiceSession } from "../session/index.js";
import { refusal } from "./answer.js";
import { createCallDesk } from "./call-desk.js";
import { createGatherLines } from "./gather-lines.js";
import { nodeQuestion, type PhoneServerRequest, refuseUpgrade, sendAnswer } from "./node-http.js";
import { type PhoneServerOptions, resolveOptions } from "./options.js";
import { pathOf, type Question } from "./question.js";
import { createRoutes, isSigned } from "./routes.js";
import { serverUrls } from "./urls.js";
import { webQuestion, webResponse } from "./web-http.js";
import { createWebhooks } from "./webhooks/index.js";

/** `close` lets live calls go on for so long, in ms, unless told otherwise. */
export const DEFAULT_GRACE_MS = 30_000;

/** A longer WebSocket message closes its socket. One above `LONGEST_MESSAGE_CHARACTERS` is merely ignored. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** A phone server: Twilio's webhooks and sockets on one side, sessions on the other. */
export interface PhoneServer {
  /** The address to enter at Twilio as the number's voice webhook (HTTP POST). */
  readonly webhookUrl: string;
  /**
   * The address to enter as the number's status callback ("Call status changes", HTTP POST): in gather mode nothing else tells
   * that a caller has hung up.
   */
  readonly statusUrl: string;
  /** The sessions of the calls that are going on. */
  readonly sessions: ReadonlySet<VoiceSession>;
  /** Answers a request if it is one of ours. @returns whether it was */
  handleRequest(request: PhoneServerRequest, response: ServerResponse): Promise<boolean>;
  /** The same for servers that speak the web's own `Request` and `Response`: Hono, Bun, adapters of Fastify. Of others' paths: 404. */
  fetch(request: Request): Promise<Response>;
  /** Takes a WebSocket upgrade if it is one of ours. @returns whether it was */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /**
   * Takes a WebSocket that such a server has opened, or is about to.
   * @param request The upgrade, as it came.
   * @returns the HTTP status of the answer: 101 if the socket was taken; else it is to be refused with this.
   */
  openSocket(request: Request, socket: WebSocketLike): number;
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
 * `POST /after-stream` (what comes next), `/gather/…` (a turn in gather mode), `/relay` (ConversationRelay), `POST /status`, `GET /health`, and if they are wanted `GET /metrics` and `GET /calls`. Every request of Twilio's is checked for its signature.
 *
 * @throws BolchaalError `invalid-option`
 */
export function createPhoneServer(options: PhoneServerOptions): PhoneServer {
  const resolved = resolveOptions(options);
  const { authTokens, basePath, logger } = resolved;
  const urls = serverUrls(resolved);
  const tokens = createCallTokens({ secret: authTokens });
  const calls = createCallDesk(resolved);
  const gatherLines = createGatherLines(resolved, urls, calls);
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Twilio does not negotiate it.
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  const answer = createRoutes(
    resolved,
    calls,
    createWebhooks({ options: resolved, urls, calls, tokens, gatherLines }),
    gatherLines.host,
  );
  let ownServer: Server | undefined;

  async function handleRequest(request: PhoneServerRequest, response: ServerResponse): Promise<boolean> {
    const answered = await answer(nodeQuestion(request));
    if (answered !== undefined) sendAnswer(response, answered);
    return answered !== undefined;
  }

  /** What a WebSocket of ours becomes, by its path. */
  const lines = new Map<string, { readonly url: string; readonly take: (socket: WebSocketLike) => void }>([
    [`${basePath}/media`, { url: urls.media, take: openMedia }],
    [`${basePath}/relay`, { url: urls.relay, take: openRelay }],
  ]);

  function openMedia(socket: WebSocketLike): void {
    const { stream, clock } = resolved;
    void calls.take(twilioMediaStream(socket, { ...stream, logger, clock }), tokens.use);
  }

  function openRelay(socket: WebSocketLike): void {
    const { relay, clock } = resolved;
    void calls.take(twilioConversationRelay(socket, { ...relay.line, logger, clock }), tokens.use);
  }

  /** What a WebSocket may become, or the HTTP status with which it is refused; undefined if it is not ours. */
  function admitted(question: Question): ((socket: WebSocketLike) => void) | 403 | 503 | undefined {
    const line = lines.get(pathOf(question.target));
    if (line === undefined) return undefined;
    if (isSigned(resolved, question, line.url)) return calls.hasRoom ? line.take : 503;
    logger.warn({}, "a stream without Twilio's signature was refused");
    return 403;
  }

  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const take = admitted(nodeQuestion(request));
    if (typeof take === "number") refuseUpgrade(socket, take);
    else if (take !== undefined) sockets.handleUpgrade(request, socket, head, take);
    return take !== undefined;
  }

  function openSocket(request: Request, socket: WebSocketLike): number {
    const take = admitted(webQuestion(request));
    if (typeof take !== "function") return take ?? 404;
    take(socket);
    return 101;
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
      (isOurs) => isOurs || sendAnswer(response, refusal(404)),
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
    webhookUrl: urls.voice,
    statusUrl: urls.status,
    sessions: calls.sessions,
    handleRequest,
    fetch: async (request) => webResponse((await answer(webQuestion(request))) ?? refusal(404)),
    handleUpgrade,
    openSocket,
    middleware: (request, response, next) => {
      handleRequest(request, response).then((isOurs) => isOurs || next(), next);
    },
    attach,
    listen,
    close,
  };
}
