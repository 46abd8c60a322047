import { given } from "../twiml/attributes.js";
import type { AccountCall } from "./account-call.js";
import { ApiError } from "./api-error.js";
import type { ApiCallOn, Handled } from "./api-types.js";
import { recordingJson } from "./call-json.js";
import { readRecordingCallback } from "./call-order.js";
import { findCall } from "./calls-resource.js";
import type { AccountContext } from "./context.js";
import { readForm } from "./form-reader.js";
import { pageOf } from "./paging.js";
import type { Recording } from "./recording.js";

export function createRecording(context: AccountContext, { request, sids: [callSid] }: ApiCallOn): Handled {
  const call = findCall(context, request.path, callSid);
  const form = readForm(request.form);
  const channels = form.oneOf("RecordingChannels", ["mono", "dual"]) === "dual" ? 2 : 1;
  const callback = readRecordingCallback(form);
  form.text("RecordingConfigurationId");
  if (call.history.now.status !== "in-progress")
    throw new ApiError(21220, "Requested resource is not eligible for recording: the call is not in-progress");
  const recording = call.record({ channels, source: "StartCallRecordingAPI", ...given({ callback }) });
  return { status: 201, body: { ...recordingJson(context, call.callSid, recording) }, ignored: form.ignored() };
}

export function fetchRecording(context: AccountContext, on: ApiCallOn): Handled {
  const { call, recording } = findRecording(context, on);
  return { status: 200, body: { ...recordingJson(context, call.callSid, recording) } };
}

export function listRecordings(context: AccountContext, { request, sids: [callSid] }: ApiCallOn): Handled {
  const { query, path } = request;
  const call = findCall(context, path, callSid);
  const body = pageOf(call.recordings.toReversed(), {
    key: "recordings",
    path,
    query,
    sidOf: ({ sid }) => sid,
    write: (recording) => recordingJson(context, call.callSid, recording),
  });
  return { status: 200, body };
}

export function updateRecording(context: AccountContext, on: ApiCallOn): Handled {
  const { call, recording } = findRecording(context, on);
  const form = readForm(on.request.form);
  const status = form.oneOf("Status", ["paused", "in-progress", "stopped"]);
  const behaviour = form.oneOf("PauseBehavior", ["skip", "silence"]) ?? "silence";
  if (status === undefined) throw new ApiError(20001, "Invalid parameter Status: it is missing");
  if (status === "paused") recording.pause(behaviour);
  if (status === "in-progress") recording.resume();
  if (status === "stopped") recording.stop();
  return { status: 200, body: { ...recordingJson(context, call.callSid, recording) }, ignored: form.ignored() };
}

/** `Twilio.CURRENT` is the one that goes on. */
function findRecording(
  context: AccountContext,
  { request, sids: [callSid, recordingSid] }: ApiCallOn,
): { readonly call: AccountCall; readonly recording: Recording } {
  const call = findCall(context, request.path, callSid);
  const recording = call.recordings.findLast(({ sid, status }) =>
    recordingSid === "Twilio.CURRENT" ? status === "in-progress" || status === "paused" : sid === recordingSid,
  );
  if (recording === undefined) throw new ApiError(20404, `The requested resource ${request.path} was not found`);
  return { call, recording };
}
