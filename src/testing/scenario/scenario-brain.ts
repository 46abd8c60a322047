import { inLanguage } from "../../language/index.js";
import type { Brain, Clock } from "../../spec/index.js";
import { scriptedBrain } from "../scripted/index.js";
import type { Scenario } from "./scenario.js";

/** What the agent says when no reply of the scenario fits. */
const NO_REPLY = "I do not know.";

/** The brain of a scenario's agent. */
export function scenarioBrain({ agent }: Scenario, clock: Clock): Brain {
  return scriptedBrain(
    ({ text, language }) => {
      const reply = agent.replies.find((each) => each.if === undefined || new RegExp(each.if, "iu").test(text));
      const said = inLanguage(reply?.say ?? NO_REPLY, language);
      return reply?.afterMs === undefined ? said : [{ waitMs: reply.afterMs }, said];
    },
    { clock, name: "scenario" },
  );
}
