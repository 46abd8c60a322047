import { BolchaalError } from "../errors.js";
import { RESERVED_PARAMETERS } from "../plugins/twilio/start.js";
import { PARAMETER_CHARACTERS } from "../plugins/twilio/twiml.js";

/** A call's variables: those that go with it over Twilio, and those too long for that, which stay in memory. */
export interface SplitVariables {
  readonly sent: Readonly<Record<string, string>>;
  readonly kept: Readonly<Record<string, string>>;
}

/** @throws BolchaalError `invalid-option` for a name that the library needs itself. */
export function splitVariables(variables: Readonly<Record<string, string>>): SplitVariables {
  const taken = RESERVED_PARAMETERS.filter((name) => Object.hasOwn(variables, name));
  if (taken.length > 0 || Object.hasOwn(variables, "")) {
    const names = taken.length > 0 ? `${taken.join(", ")} are the library's own` : "one has no name";
    throw new BolchaalError(`The variables' names are wrong: ${names}. Give them others.`, {
      code: "invalid-option",
      component: "dialer",
    });
  }
  const entries = Object.entries(variables);
  const isShort = ([name, value]: readonly [string, string]) => name.length + value.length < PARAMETER_CHARACTERS;
  return {
    sent: Object.fromEntries(entries.filter(isShort)),
    kept: Object.fromEntries(entries.filter((entry) => !isShort(entry))),
  };
}
