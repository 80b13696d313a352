const PLACE = /\{(\d*)(?=[.[!:}])/g;

/**
 * The arguments of a log call with Python's positional and keyword values: keyword values come last, as an object; they come
 * first where the template has a position left over that would take the object as its value.
 */
export function callArguments(
  message: unknown,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): unknown[] {
  const last = args[args.length - 1];
  const lastIsObject = typeof last === "object" && last !== null && Object.getPrototypeOf(last) === Object.prototype;
  // An empty object says that the one before it is a positional value.
  if (Object.keys(kwargs).length === 0 && !lastIsObject) return [message, ...args];
  return typeof message === "string" && places(message) > args.length
    ? [kwargs, message, ...args]
    : [message, ...args, kwargs];
}

/** How many positions a template names, at most. */
function places(template: string): number {
  let automatic = 0;
  let highest = 0;
  for (const [, digits] of template.matchAll(PLACE)) {
    if (digits === "") automatic++;
    else highest = Math.max(highest, Number(digits) + 1);
  }
  return Math.max(automatic, highest);
}
