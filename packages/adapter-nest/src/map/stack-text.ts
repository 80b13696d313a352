/** A text that an error prints as its stack: a line or more of title, then frames. */
export function isStackText(value: unknown): value is string {
  return typeof value === "string" && FRAMES.test(value);
}

const FRAMES = /\r?\n\s+at .+:\d+:\d+/;
const TITLE = /^(?:Uncaught )?([A-Za-z_$][\w$.]*)(?: \[[^\]]+\])?(?:: ([\s\S]*))?$/;

/** The error of which only the text of its stack is left: name and message are read from its title. */
export function errorOfStack(stack: string): Error {
  const title = stack.slice(0, FRAMES.exec(stack)?.index);
  const found = TITLE.exec(title);
  const [name = "Error", message = ""] = found ? found.slice(1) : ["Error", title];
  const error = new Error(message);
  for (const [key, value] of Object.entries({ name, stack }))
    Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
  return error;
}
