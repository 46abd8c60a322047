/**
 * What opens a port, with words for a port that somebody else has.
 * @throws what `opening` throws, else.
 */
export async function unlessTaken<T>(port: number, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new Error(
      `Port ${port} is taken, perhaps by another \`bolchaal\`. Stop that, or give --port, and a tunnel that goes there.`,
    );
  }
}
