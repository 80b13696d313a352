/** What the adapter cannot carry, with the place in pino that causes it. The README's table is made from this. */
export const CANNOT = {
  sink: {
    args: "a line of pino has one text, with the arguments filled in (lib/tools.js, genLog)",
  },
  propagate: {
    args: "a line of pino has one text, with the arguments filled in (lib/tools.js, genLog)",
    "error.cause":
      "pino's serializer writes causes into the error's message and stack, not as objects (pino-std-serializers, lib/err.js)",
    caller: "pino keeps no caller (lib/tools.js, asJson)",
  },
  intercept: {
    args: "pino fills the arguments in before it publishes the line (lib/tools.js, genLog)",
  },
  facade: {},
} as const;
