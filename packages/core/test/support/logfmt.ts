/** Reads a line of logfmt as its readers do: pairs behind spaces, values bare or quoted as JSON. Throws for anything else. */
export function readLogfmt(line: string): Record<string, string> {
  const pairs: Record<string, string> = Object.create(null) as Record<string, string>;
  let at = 0;
  while (at < line.length) {
    const equals = line.indexOf("=", at);
    const key = line.slice(at, equals);
    if (equals <= at || /[\s"]/.test(key)) throw new Error(`no key at ${at} of ${line}`);
    if (key in pairs) throw new Error(`${key} comes twice`);
    at = equals + 1;
    let end = at;
    if (line[at] === '"') {
      end++;
      while (line[end] !== '"') {
        if (end >= line.length) throw new Error(`a quote is left open at ${at}`);
        end += line[end] === "\\" ? 2 : 1;
      }
      end++;
      pairs[key] = JSON.parse(line.slice(at, end)) as string;
    } else {
      while (end < line.length && line[end] !== " ") end++;
      pairs[key] = line.slice(at, end);
      if (/["=\\]/.test(pairs[key])) throw new Error(`${key} should be quoted`);
    }
    if (end < line.length && line[end] !== " ") throw new Error(`no space at ${end} of ${line}`);
    at = end + 1;
  }
  return pairs;
}
