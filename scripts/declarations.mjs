// The public face of an entry, read from the declaration files that the compiler wrote.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * One statement of a declaration file.
 * @typedef {object} Declaration
 * @property {string} name
 * @property {string} text without comments
 */

/**
 * What a declaration file declares, and what it takes from elsewhere.
 * @typedef {object} Module
 * @property {readonly Declaration[]} declarations in the file's order; overloads and merged declarations share a name
 * @property {ReadonlyMap<string, Source>} imports by local name
 * @property {ReadonlyMap<string, Source>} exports by public name
 * @property {readonly string[]} stars files whose every export is exported again
 */

/**
 * Where a name comes from: a file (absolute), its name there (`*` for all of it), and whether it is given as a type alone.
 * @typedef {{ file: string, name: string, isType?: boolean }} Source
 */

const BLOCK = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|class|namespace|module|enum|global)\b/;
const DECLARED =
  /^(?:export )?(?:default )?(?:declare )?(?:abstract )?(?:interface|class|function|type|const|let|var|namespace|enum)\s+([\w$]+)/;

/**
 * Every declaration that a user of an entry can come across: what it exports and, from there, what signatures name.
 * Comments are left out, so that a better explanation is not a changed interface.
 *
 * @param {string} entry the entry's declaration file
 * @returns {string} one text, the same for the same interface
 */
export function publicDeclarations(entry) {
  const reader = new Reader();
  const exported = reader.exportsOf(entry);
  /** @type {Map<string, Set<Declaration>>} */
  const reached = new Map();
  const open = [...exported.values()];
  for (let source = open.pop(); source; source = open.pop()) {
    const found = reader.resolve(source);
    for (const { file, declaration } of found) {
      const known = reached.get(file) ?? new Set();
      reached.set(file, known);
      if (known.has(declaration)) continue;
      known.add(declaration);
      open.push(...reader.mentioned(file, declaration));
    }
  }
  const base = dirname(entry);
  const names = [...exported].map(([name, { isType }]) => `  ${isType ? "type " : ""}${name},\n`).sort(byName);
  const files = [...reached.keys()].map((file) => ({ file, path: relative(base, file).replaceAll("\\", "/") }));
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const parts = files.map(({ file, path }) => {
    const inOrder = reader.module(file).declarations.filter((one) => reached.get(file)?.has(one));
    return `\n// ${path}\n${inOrder.map(({ text }) => `${text}\n`).join("")}`;
  });
  return `export {\n${names.join("")}};\n${parts.join("")}`;
}

/** @param {string} a @param {string} b */
function byName(a, b) {
  return a.replace(" type ", " ") < b.replace(" type ", " ") ? -1 : 1;
}

class Reader {
  /** @type {Map<string, Module>} */
  #modules = new Map();

  /** @param {string} file @returns {Module} */
  module(file) {
    const known = this.#modules.get(file);
    if (known) return known;
    const read = readModule(file, readFileSync(file, "utf8"));
    this.#modules.set(file, read);
    return read;
  }

  /** @param {string} file @returns {Map<string, Source>} by public name */
  exportsOf(file) {
    const { exports, stars } = this.module(file);
    const all = new Map(stars.flatMap((star) => [...this.exportsOf(star)]));
    for (const [name, source] of exports) all.set(name, source);
    return all;
  }

  /** @param {Source} source @returns {readonly { file: string, declaration: Declaration }[]} nothing for what another package declares */
  resolve({ file, name }) {
    if (!file.endsWith(".d.ts")) return [];
    if (name === "*") return [...this.exportsOf(file).values()].flatMap((source) => this.resolve(source));
    const { declarations, imports, exports, stars } = this.module(file);
    const here = declarations.filter((one) => one.name === name);
    if (here.length > 0) return here.map((declaration) => ({ file, declaration }));
    const elsewhere =
      imports.get(name) ?? exports.get(name) ?? stars.map((star) => this.exportsOf(star).get(name)).find(Boolean);
    return elsewhere ? this.resolve(elsewhere) : [];
  }

  /** @param {string} file @param {Declaration} declaration @returns {readonly Source[]} what the declaration names */
  mentioned(file, { text }) {
    const { declarations, imports } = this.module(file);
    const words = new Set(withoutStrings(text).match(/[\w$]+/g));
    const local = declarations.filter(({ name }) => words.has(name)).map(({ name }) => ({ file, name }));
    const imported = [...imports].filter(([name]) => words.has(name)).map(([, source]) => source);
    const inline = [...text.matchAll(/import\("([^"]+)"\)\.([\w$]+)/g)].map(([, path, name]) => ({
      file: fileOf(file, path ?? ""),
      name: name ?? "",
    }));
    return [...local, ...imported, ...inline];
  }
}

/** @param {string} file @param {string} source @returns {Module} */
function readModule(file, source) {
  /** @type {Declaration[]} */
  const declarations = [];
  const imports = new Map();
  const exports = new Map();
  /** @type {string[]} */
  const stars = [];
  for (const text of statements(withoutComments(source))) {
    const from = / from "([^"]+)";$/.exec(text)?.[1];
    const [, typed = "", names] = /^(?:import|export)( type)? \{([^}]*)\}/.exec(text) ?? [];
    const all = /^(import|export)(?: type)? \*(?: as ([\w$]+))? from/.exec(text);
    const declared = DECLARED.exec(text)?.[1];
    const augmented = /^declare module ("[^"]+")/.exec(text)?.[1];
    if (names !== undefined) {
      for (const { name, alias, isType } of namesIn(names, typed !== "")) {
        const source = { file: from === undefined ? file : fileOf(file, from), name, isType };
        (text.startsWith("import") ? imports : exports).set(alias, source);
      }
    } else if (all) {
      const source = { file: fileOf(file, from ?? ""), name: "*" };
      if (all[1] === "import") imports.set(all[2], source);
      else if (all[2]) exports.set(all[2], source);
      else stars.push(source.file);
    } else if (declared) {
      declarations.push({ name: declared, text });
      const isType = /^export (?:declare )?(?:interface|type)\b/.test(text);
      if (text.startsWith("export ")) exports.set(declared, { file, name: declared, isType });
    } else if (augmented) {
      // What is added to another package's types is as public as what is exported.
      const name = `module ${augmented}`;
      declarations.push({ name, text });
      exports.set(name, { file, name });
    } else if (!text.startsWith("import "))
      throw new Error(`${file}: a statement of a kind that is not known here: ${text}`);
  }
  return { declarations, imports, exports, stars };
}

/** @param {string} list `a, type b as c` @param {boolean} allTypes */
function namesIn(list, allTypes) {
  const parts = list.split(",").map((part) => part.trim());
  return parts.filter(Boolean).map((part) => {
    const [name = "", alias = name] = part.replace(/^type /, "").split(" as ");
    return { name, alias, isType: allTypes || part.startsWith("type ") };
  });
}

/** @param {string} file @param {string} specifier @returns {string} a declaration file, or the specifier of another package */
function fileOf(file, specifier) {
  return specifier.startsWith(".") ? join(dirname(file), specifier.replace(/(?:\.d)?\.[jt]s$/, ".d.ts")) : specifier;
}

const LITERAL_OR_COMMENT = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

/** @param {string} source */
function withoutComments(source) {
  return source
    .replace(LITERAL_OR_COMMENT, (whole) => (whole.startsWith("/") ? "" : whole))
    .replace(/\n\s*(?=\n)/g, "");
}

/** @param {string} source */
function withoutStrings(source) {
  return source.replace(LITERAL_OR_COMMENT, '""');
}

/** @param {string} source without comments @returns {string[]} */
function statements(source) {
  const found = [];
  const flat = source.replace(LITERAL_OR_COMMENT, (whole) => "_".repeat(whole.length));
  let depth = 0;
  let start = 0;
  for (let at = 0; at < flat.length; at += 1) {
    const char = flat[at] ?? "";
    if ("{[(".includes(char)) depth += 1;
    if ("}])".includes(char)) depth -= 1;
    if (depth > 0) continue;
    const begun = flat.slice(start, at + 1).trim();
    if (char !== ";" && !(char === "}" && BLOCK.test(begun))) continue;
    if (begun !== ";") found.push(source.slice(start, at + 1).trim());
    start = at + 1;
  }
  return found;
}
