const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Can this be sent as a header? */
export function isHeader(name: string, value: unknown): value is string {
  return NAME.test(name) && typeof value === "string" && VALUE.test(value);
}
