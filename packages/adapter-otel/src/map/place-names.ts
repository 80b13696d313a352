/** By the stable names of the conventions, and by those that they had before. */
export const PLACE_NAMES: readonly string[] = [
  "code.function.name",
  "code.file.path",
  "code.line.number",
  "code.column.number",
  "code.stacktrace",
  "code.function",
  "code.namespace",
  "code.filepath",
  "code.lineno",
  "code.column",
];

/** Do a record's values say where it was made? Parts of two places make one that is nowhere. */
export function hasPlace(extra: object): boolean {
  return PLACE_NAMES.some((name) => Object.hasOwn(extra, name));
}
