/** GET or POST: how an address is asked. */
export type WebhookMethod = "GET" | "POST";

/** One instruction of a TwiML document, as the simulator understands it. Addresses are as the app wrote them. */
export type TwimlVerb =
  | ConnectStreamVerb
  | ConversationRelayVerb
  | GatherVerb
  | DialVerb
  | RecordVerb
  | SayVerb
  | PlayVerb
  | PauseVerb
  | { readonly verb: "Redirect"; readonly url: string; readonly method?: WebhookMethod }
  | { readonly verb: "Reject"; readonly reason: string }
  | { readonly verb: "Hangup" };

/** Opens a bidirectional stream, and waits for its end. */
export interface ConnectStreamVerb {
  readonly verb: "Connect";
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly statusCallback?: string;
  readonly statusCallbackMethod?: WebhookMethod;
  readonly action?: string;
  readonly method?: WebhookMethod;
}

/** Lets the carrier hear and speak for an app that is on the other end of a WebSocket: `<Connect><ConversationRelay>`. */
export interface ConversationRelayVerb {
  readonly verb: "ConversationRelay";
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly action?: string;
  readonly method?: WebhookMethod;
  readonly welcomeGreeting?: string;
  readonly welcomeGreetingInterruptible: Interruptible;
  readonly interruptible: Interruptible;
  readonly interruptSensitivity: "low" | "medium" | "high";
  readonly reportInputDuringAgentSpeech: Interruptible;
  readonly preemptible: boolean;
  readonly dtmfDetection: boolean;
  readonly partialPrompts: boolean;
  readonly language: string;
  readonly ttsLanguage?: string;
  readonly transcriptionLanguage?: string;
  readonly voice?: string;
  readonly speechTimeoutMs: number | "auto";
  /** Of `debug` and `events`: what the app asks to be told. */
  readonly tells: readonly string[];
  /** Providers, models and languages that do not go together: the session fails. */
  readonly mismatch?: string;
  /** `<Language>` elements, by their code. */
  readonly languages: Readonly<Record<string, { readonly voice?: string }>>;
}

/** What of the caller's stops the agent's speech: `true` is read as `any`, `false` as `none`. */
export type Interruptible = "none" | "dtmf" | "speech" | "any";

/** Asks the caller for words or keys. */
export interface GatherVerb {
  readonly verb: "Gather";
  readonly input: readonly ("dtmf" | "speech")[];
  readonly action?: string;
  readonly method: WebhookMethod;
  readonly timeoutMs: number;
  readonly speechTimeoutMs: number | "auto";
  readonly maxSpeechMs: number;
  readonly language: string;
  readonly speechModel?: string;
  readonly hints?: string;
  readonly numDigits?: number;
  /** Empty: none. */
  readonly finishOnKey: string;
  readonly partialResultCallback?: string;
  readonly partialResultCallbackMethod: WebhookMethod;
  readonly actionOnEmptyResult: boolean;
  readonly bargeIn: boolean;
  readonly enhanced: boolean;
  readonly profanityFilter: boolean;
  readonly prompt: readonly PromptVerb[];
}

/** What may stand within a `<Gather>`. */
export type PromptVerb = SayVerb | PlayVerb | PauseVerb;

export interface SayVerb {
  readonly verb: "Say";
  readonly text: string;
  readonly language?: string;
  readonly voice?: string;
  /** How often; 0: for ever. Absent: once. */
  readonly loop?: number;
}

export interface PlayVerb {
  readonly verb: "Play";
  /** Empty if it plays keys. */
  readonly url: string;
  /** Keys, and `w` for half a second. */
  readonly digits?: string;
  readonly loop?: number;
}

export interface PauseVerb {
  readonly verb: "Pause";
  readonly lengthSeconds: number;
}

/** Calls somebody else, and connects the two. */
export interface DialVerb {
  readonly verb: "Dial";
  readonly numbers: readonly DialedNumber[];
  readonly action?: string;
  readonly method: WebhookMethod;
  readonly timeoutMs: number;
  readonly timeLimitMs: number;
  readonly hangupOnStar: boolean;
  readonly callerId?: string;
  /** One after another, not all at once. */
  readonly sequential: boolean;
  /** The recording mode, if it is recorded. */
  readonly record?: string;
  readonly recordingStatusCallback?: string;
}

/** A `<Number>` of a `<Dial>`. */
export interface DialedNumber {
  readonly number: string;
  /** TwiML for who answers, before the two are connected. */
  readonly url?: string;
  readonly method: WebhookMethod;
  readonly statusCallback?: string;
  readonly statusCallbackEvents: readonly string[];
  readonly statusCallbackMethod: WebhookMethod;
}

/** Records what the caller says. */
export interface RecordVerb {
  readonly verb: "Record";
  readonly action?: string;
  readonly method: WebhookMethod;
  /** It ends after so much silence. */
  readonly timeoutMs: number;
  readonly maxLengthMs: number;
  /** Any of these keys ends it. */
  readonly finishOnKey: string;
  readonly playBeep: boolean;
  readonly recordingStatusCallback?: string;
}
