/** What a browser has, as far as it is asked here. Its accessors stand on prototypes, where no page puts its own by accident. */
interface Scope {
  readonly Node?: { readonly prototype: object };
  readonly Element?: { readonly prototype: object };
  readonly Window?: { readonly prototype: object };
  readonly [Symbol.toStringTag]?: unknown;
}

const scope = globalThis as unknown as Scope;

/** Attributes that tell elements apart. */
const SHOWN = ["id", "class"] as const;
const LONGEST_ATTRIBUTE = 100;

/** Reads an accessor of the engine, which works in every realm; `undefined` for an object of another kind. */
function read(prototype: object | undefined, key: string, value: object): unknown {
  try {
    return prototype && Object.getOwnPropertyDescriptor(prototype, key)?.get?.call(value);
  } catch {
    return undefined;
  }
}

/** A node of a document: the opening tag of an element, the name and text of another one; `null` for what is none. */
export function elementText(value: object): string | null {
  const node = scope.Node?.prototype;
  const name = read(node, "nodeName", value);
  if (typeof name !== "string") return null;
  const tag = read(scope.Element?.prototype, "localName", value);
  if (typeof tag !== "string") {
    const text = read(node, "nodeValue", value);
    return typeof text === "string" ? `${name} ${JSON.stringify(text.slice(0, LONGEST_ATTRIBUTE))}` : name;
  }
  return `<${tag}${SHOWN.map((attribute) => attributeText(value, attribute)).join("")}>`;
}

function attributeText(element: object, attribute: string): string {
  const get = Object.getOwnPropertyDescriptor(scope.Element?.prototype ?? {}, "getAttribute")?.value as unknown;
  if (typeof get !== "function") return "";
  const text = (get as (this: object, name: string) => unknown).call(element, attribute);
  return typeof text === "string" && text !== ""
    ? ` ${attribute}=${JSON.stringify(text.slice(0, LONGEST_ATTRIBUTE))}`
    : "";
}

/** A window or a worker's scope holds the whole program: its name is enough. `null` for what is none. */
export function hostTitle(value: object): string | null {
  if (value === globalThis) return typeof scope.Window === "function" ? "[Window]" : "[global]";
  return isWindow(value) ? "[Window]" : null;
}

/** The windows of frames too. Of another origin's window nothing but a few properties can be read. */
function isWindow(value: object): boolean {
  if (typeof scope.Window !== "function") return false;
  const own = Object.getOwnPropertyDescriptor(globalThis, "window")?.get;
  try {
    return own !== undefined && own.call(value) === value;
  } catch {
    return false;
  }
}
