import { newSid } from "./ids.js";
import type { OwnNumberOptions } from "./options.js";

/** A number of the account's, as its settings are now. */
export interface OwnNumber {
  readonly sid: string;
  readonly phoneNumber: string;
  readonly voice: boolean;
  friendlyName: string;
  voiceUrl: string;
  voiceMethod: "GET" | "POST";
  voiceFallbackUrl: string;
  statusCallback: string;
  statusCallbackMethod: "GET" | "POST";
  updatedAtMs: number;
  /** How often the API has changed it. */
  updates: number;
}

export function createOwnNumber(options: string | OwnNumberOptions): OwnNumber {
  const given = typeof options === "string" ? { phoneNumber: options } : options;
  return {
    sid: newSid("PN"),
    phoneNumber: given.phoneNumber,
    voice: given.voice ?? true,
    friendlyName: given.phoneNumber,
    voiceUrl: given.voiceUrl ?? "",
    voiceMethod: given.voiceMethod ?? "POST",
    voiceFallbackUrl: given.voiceFallbackUrl ?? "",
    statusCallback: given.statusCallback ?? "",
    statusCallbackMethod: "POST",
    updatedAtMs: 0,
    updates: 0,
  };
}
