/** What the adapter cannot carry. The README's table is made from this. */
export const CANNOT = {
  sink: {},
  intercept: {
    args: "a log record of OpenTelemetry has a body and no template (sdk-logs, LogRecordImpl)",
    "error.cause":
      "as a processor: it gets three texts of what was thrown, class, message and stack (sdk-logs, LogRecordImpl._setException)",
  },
} as const;
