/** One import of a source file, as it is written. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** What may stand before a `/` that begins a regular expression and not a division. */
const REGEXP_MAY_FOLLOW =
  /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield))\s*$/;

/** `from "…"` and `import "…"`, `import("…")` and `require("…")`, not methods of these names; literals are blanked. */
const IMPORT = /(?<![.\w$])(?:(?:from|import)\s*\uE000(\d+)\uE000|(?:import|require)\s*\(\s*\uE000(\d+)\uE000)/g;

/**
 * The imports of a TypeScript source: static and dynamic, of types and of values, re-exports, `require` calls and
 * `import("…")` types. Strings, comments, templates and regular expressions are told from code, so a specifier that is
 * only mentioned is not reported.
 */
export function scanImports(source: string): readonly Import[] {
  const { code, strings } = blank(source);
  const found: Import[] = [];
  for (const match of code.matchAll(IMPORT)) {
    const specifier = strings[Number(match[1] ?? match[2])];
    if (specifier !== undefined) found.push({ specifier, line: code.slice(0, match.index).split("\n").length });
  }
  return found;
}

interface Blanked {
  /** The source without comments, each literal replaced by a mark, its number and a mark; line breaks are kept. */
  readonly code: string;
  readonly strings: readonly string[];
}

function blank(source: string): Blanked {
  const strings: string[] = [];
  let code = "";
  let at = 0;
  /** The depth of braces at which each open template literal goes on. */
  const templates: number[] = [];
  let braces = 0;

  const literal = (text: string, breaks: string): void => {
    code += `\uE000${strings.push(text) - 1}\uE000${breaks.replace(/[^\n]/g, "")}`;
  };
  const template = (): void => {
    const end = endOfTemplatePart(source, at);
    literal(source.slice(at, end), source.slice(at, end));
    if (source.startsWith("${", end)) {
      templates.push(braces);
      code += "{";
      at = end + 2;
    } else at = end + 1;
  };

  while (at < source.length) {
    const char = source[at] as string;
    const two = source.slice(at, at + 2);
    if (two === "//") {
      at = indexOrEnd(source, "\n", at);
    } else if (two === "/*") {
      const end = indexOrEnd(source, "*/", at + 2) + 2;
      code += ` ${source.slice(at, end).replace(/[^\n]/g, "")}`;
      at = end;
    } else if (char === '"' || char === "'") {
      const end = endOfString(source, at + 1, char);
      literal(source.slice(at + 1, end), "");
      at = end + 1;
    } else if (char === "`") {
      at += 1;
      template();
    } else if (char === "}" && templates.at(-1) === braces) {
      templates.pop();
      code += "}";
      at += 1;
      template();
    } else if (char === "/" && REGEXP_MAY_FOLLOW.test(code.slice(-20))) {
      at = endOfRegExp(source, at + 1);
      literal("", "");
    } else {
      if (char === "{") braces += 1;
      if (char === "}") braces -= 1;
      code += char;
      at += 1;
    }
  }
  return { code, strings };
}

function indexOrEnd(source: string, text: string, from: number): number {
  const index = source.indexOf(text, from);
  return index === -1 ? source.length : index;
}

function endOfString(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === quote) return at;
  }
  return source.length;
}

function endOfTemplatePart(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "`" || source.startsWith("${", at)) return at;
  }
  return source.length;
}

function endOfRegExp(source: string, from: number): number {
  let inClass = false;
  for (let at = from; at < source.length; at += 1) {
    const char = source[at];
    if (char === "\\") at += 1;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if ((char === "/" && !inClass) || char === "\n") return at + 1;
  }
  return source.length;
}
