import { createHash, timingSafeEqual } from "node:crypto";
import type { Question } from "./question.js";

/** Whether the request brings the token, `Authorization: Bearer …`. How long this takes tells nothing of it. */
export function isBearer(request: Pick<Question, "header">, token: string): boolean {
  const given = /^Bearer +(\S+) *$/iu.exec(request.header("authorization") ?? "")?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Made equally long, as the comparison wants it. */
function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
