/** The properties that are written as `,"key":value`. Some formatters and redactions make lines that are no JSON: those have none. */
export function parsed(props: string): Record<string, unknown> {
  return parsedOrNull(props) ?? {};
}

/** The same, with `null` for what is no JSON. */
export function parsedOrNull(props: string): Record<string, unknown> | null {
  if (props === "") return {};
  try {
    return JSON.parse(`{${props.slice(1)}}`) as Record<string, unknown>;
  } catch {
    return null;
  }
}
