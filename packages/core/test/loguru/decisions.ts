/** One difference that was decided: of a row, or of all rows with a tag. */
export interface Decision {
  /** A table's name, or `all`. */
  readonly table: string;
  readonly row: string | null;
  readonly tag: string | null;
  readonly reason: string;
}

const LINE = /^\| *`?(\w+)`? *\| *(tag +)?`([\w-]+)` *\| *(.+?) *\|$/;

/** Reads the decisions from the lines `| table | row or tag | why |` of a document. */
export function readDecisions(document: string): readonly Decision[] {
  return document.split("\n").flatMap((line) => {
    const match = LINE.exec(line);
    if (!match) return [];
    const [, table = "", tag, name = "", reason = ""] = match;
    return [{ table, row: tag ? null : name, tag: tag ? name : null, reason }];
  });
}

/** The decision about a row: its own first, then that of one of its tags. */
export function decisionFor(
  decisions: readonly Decision[],
  table: string,
  row: { readonly id: string; readonly tags: readonly string[] },
): Decision | undefined {
  const here = decisions.filter((one) => one.table === table || one.table === "all");
  return here.find((one) => one.row === row.id) ?? here.find((one) => one.tag !== null && row.tags.includes(one.tag));
}
