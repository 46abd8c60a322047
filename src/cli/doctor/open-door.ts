import { createPhoneServer } from "../../server/index.js";
import type { OpenDoor } from "./checks/public-url.js";

/** A phone server on the port, which has no agent: it is asked whether it can be reached, and takes no calls. */
export const openDoor: OpenDoor = async ({ basePath, publicUrl, authToken, port }) => {
  const server = createPhoneServer({
    basePath,
    publicUrl,
    authToken,
    agent: () => {
      throw new Error("This server takes no calls.");
    },
  });
  try {
    await server.listen({ port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return undefined;
    throw error;
  }
  return { close: () => server.close({ graceMs: 0 }) };
};
