/** What stands in place of a redacted value. */
export const CENSOR = "[REDACTED]";
