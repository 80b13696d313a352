interface Told {
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const OPTION = /^--disable[-_]warning(?:=(.*))?$/;

/**
 * The codes and types of warnings that Node was told to leave out, by `--disable-warning`. The event comes all the same: what
 * prints warnings leaves them out.
 */
export function disabledWarnings(): ReadonlySet<string> {
  const { execArgv = [], env } = (globalThis as { readonly process?: Told }).process ?? {};
  const disabled = new Set<string>();
  const words = [...(env?.["NODE_OPTIONS"]?.split(/\s+/) ?? []), ...execArgv];
  for (const [index, word] of words.entries()) {
    const match = OPTION.exec(word);
    if (match) disabled.add(match[1] ?? words[index + 1] ?? "");
  }
  return disabled;
}
