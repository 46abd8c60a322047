import { given } from "../twiml/attributes.js";
import { ApiError } from "./api-error.js";
import type { ApiCallOn, Handled } from "./api-types.js";
import type { AccountContext } from "./context.js";
import { rfc2822 } from "./dates.js";
import { type FormReader, readForm } from "./form-reader.js";
import type { OwnNumber } from "./own-number.js";
import { pageOf } from "./paging.js";

export function fetchAccount({ accountSid, dateAt }: AccountContext): Handled {
  const uri = `/2010-04-01/Accounts/${accountSid}`;
  const body = {
    // Twilio shows it; nobody should need it from here.
    auth_token: "",
    date_created: rfc2822(dateAt(0)),
    date_updated: rfc2822(dateAt(0)),
    friendly_name: "Simulated account",
    owner_account_sid: accountSid,
    sid: accountSid,
    status: "active",
    subresource_uris: {
      balance: `${uri}/Balance.json`,
      calls: `${uri}/Calls.json`,
      incoming_phone_numbers: `${uri}/IncomingPhoneNumbers.json`,
    },
    type: "Full",
    uri: `${uri}.json`,
  };
  return { status: 200, body };
}

export function fetchBalance({ accountSid }: AccountContext): Handled {
  return { status: 200, body: { account_sid: accountSid, balance: "100.00", currency: "USD" } };
}

export function listNumbers(context: AccountContext, { request: { path, query } }: ApiCallOn): Handled {
  const [number, name] = [query.get("PhoneNumber"), query.get("FriendlyName")];
  const shown = context.numbers.filter(
    ({ phoneNumber, friendlyName }) =>
      (number === null || phoneNumber.includes(number.replace(/[*]/g, ""))) && (name === null || friendlyName === name),
  );
  const body = pageOf(shown, {
    key: "incoming_phone_numbers",
    path,
    query,
    sidOf: ({ sid }) => sid,
    write: (own) => numberJson(context, own),
  });
  return { status: 200, body };
}

export function fetchNumber(context: AccountContext, on: ApiCallOn): Handled {
  return { status: 200, body: { ...numberJson(context, findNumber(context, on)) } };
}

export function updateNumber(context: AccountContext, on: ApiCallOn): Handled {
  const own = findNumber(context, on);
  const form = readForm(on.request.form);
  Object.assign(own, numberChanges(form));
  own.updatedAtMs = context.now();
  own.updates += 1;
  return { status: 200, body: { ...numberJson(context, own) }, ignored: form.ignored() };
}

/** A blank address takes the setting away. What is not given stays. */
function numberChanges(form: FormReader): Partial<OwnNumber> {
  const address = (name: string) => (form.has(name) ? (form.url(name, 21205) ?? "") : undefined);
  const method = (name: string) => (form.has(name) ? form.method(name) : undefined);
  return given({
    friendlyName: form.text("FriendlyName"),
    voiceUrl: address("VoiceUrl"),
    voiceMethod: method("VoiceMethod"),
    voiceFallbackUrl: address("VoiceFallbackUrl"),
    statusCallback: address("StatusCallback"),
    statusCallbackMethod: method("StatusCallbackMethod"),
  });
}

function findNumber({ numbers }: AccountContext, { request, sids: [wanted] }: ApiCallOn): OwnNumber {
  const own = numbers.find(({ sid }) => sid === wanted);
  if (own === undefined) throw new ApiError(20404, `The requested resource ${request.path} was not found`);
  return own;
}

function numberJson({ accountSid, dateAt }: AccountContext, own: OwnNumber): object {
  return {
    account_sid: accountSid,
    address_requirements: "none",
    address_sid: null,
    api_version: "2010-04-01",
    beta: false,
    bundle_sid: null,
    capabilities: { fax: false, mms: false, sms: false, voice: own.voice },
    date_created: rfc2822(dateAt(0)),
    date_updated: rfc2822(dateAt(own.updatedAtMs)),
    emergency_address_sid: null,
    emergency_status: "Inactive",
    friendly_name: own.friendlyName,
    identity_sid: null,
    origin: "twilio",
    phone_number: own.phoneNumber,
    sid: own.sid,
    sms_application_sid: "",
    sms_fallback_method: "POST",
    sms_fallback_url: "",
    sms_method: "POST",
    sms_url: "",
    status: "in-use",
    status_callback: own.statusCallback,
    status_callback_method: own.statusCallbackMethod,
    trunk_sid: null,
    uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${own.sid}.json`,
    voice_application_sid: "",
    voice_caller_id_lookup: false,
    voice_fallback_method: "POST",
    voice_fallback_url: own.voiceFallbackUrl,
    voice_method: own.voiceMethod,
    voice_receive_mode: "voice",
    voice_url: own.voiceUrl,
  };
}
