export const agent = { brain: () => "Namaste", greeting: "Hello." };
