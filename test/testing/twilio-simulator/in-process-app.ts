import type { InProcessApp, SimulatedSocket } from "../../../src/testing/index.js";

export const AUTH_TOKEN = "12345678901234567890123456789012";
export const BASE = "https://voice.example.com";

export type Form = Readonly<Record<string, string>>;

/** A request that the app got. */
export interface Visit {
  readonly method: string;
  readonly path: string;
  readonly form: Form;
  readonly headers: Headers;
}

/** What a path is answered with: the inside of a TwiML response, or a whole answer. */
export type Route = string | ((form: Form, visit: number) => string | Response | Promise<Response>);

/** An app in memory: by path, what it answers. */
export function inProcessApp(routes: Readonly<Record<string, Route>>, onSocket?: (socket: SimulatedSocket) => void) {
  const visits: Visit[] = [];
  const upgrades: Request[] = [];
  const app: InProcessApp = {
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      const form = Object.fromEntries(
        request.method === "GET" ? searchParams : new URLSearchParams(await request.text()),
      );
      visits.push({ method: request.method, path: pathname, form, headers: request.headers });
      const route = routes[pathname];
      if (route === undefined) return new Response("", { status: 404 });
      const count = visits.filter(({ path }) => path === pathname).length;
      const answer = typeof route === "string" ? route : await route(form, count);
      return typeof answer === "string" ? xml(answer) : answer;
    },
    openSocket(request, socket) {
      upgrades.push(request);
      if (onSocket === undefined) return 403;
      onSocket(socket as SimulatedSocket);
      return 101;
    },
  };
  return { app, visits, upgrades };
}

export function xml(inner: string): Response {
  return new Response(`<Response>${inner}</Response>`, { headers: { "content-type": "text/xml" } });
}
