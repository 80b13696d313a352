import { platform } from "#platform";
import { itemsInView, plainBuiltIn } from "../format/built-ins.ts";

/** Containers of the web: what they hold stands in private parts, under any name that somebody outside chose. */
const CONTAINERS: ReadonlySet<string> = new Set(["FormData", "Headers", "Request", "Response"]);
const LONGEST_LOOKED_AT = 1_000;

/** An object that no walk can look into. */
export interface Sealed {
  /** What stands for it. */
  readonly text: unknown;
  /** It says itself what an inspection shows of it, by code of the runtime. */
  readonly container: boolean;
}

/**
 * What stands for an object that inspection opens though nobody can copy it: its kind. `null` for every other object.
 *
 * @example
 * sealed(Promise.resolve(1))?.text; // "[Promise]"
 */
export function sealed(value: object): Sealed | null {
  // Of very many numbers nobody asks which properties stand beside them: what is shown has none.
  if (ArrayBuffer.isView(value))
    return itemsInView(value) > LONGEST_LOOKED_AT ? { text: plainBuiltIn(value), container: false } : null;
  const kind = platform.sealedKind(value);
  if (kind !== null) return { text: `[${kind}]`, container: false };
  const tag = engineTag(value);
  return tag !== null && CONTAINERS.has(tag) ? { text: `[${tag}]`, container: true } : null;
}

/** The class that the runtime names in a prototype. Classes of applications may be called `Request` too, but have no such tag. */
export function engineTag(value: object): string | null {
  for (let at: object | null = value, depth = 0; at && depth < 20 && !platform.isProxy(at); depth++) {
    const found = Object.getOwnPropertyDescriptor(at, Symbol.toStringTag);
    if (found) return typeof found.value === "string" ? found.value : null;
    at = Object.getPrototypeOf(at) as object | null;
  }
  return null;
}

/** An inspection shows the parts of an address one by one. */
export function isAddress(value: object): boolean {
  const tag = engineTag(value);
  return tag === "URL" || tag === "URLSearchParams";
}

const NO_NAMES: readonly string[] = [];

/** The names under which an address holds values in its text, which inspection shows one by one. */
export function namesInAddress(value: object): readonly string[] {
  const tag = engineTag(value);
  try {
    if (tag === "URLSearchParams") return namesOf(value as URLSearchParams);
    if (tag !== "URL") return NO_NAMES;
    const part = (key: "username" | "password"): string[] =>
      Object.getOwnPropertyDescriptor(URL.prototype, key)?.get?.call(value) === "" ? [] : [key];
    const { searchParams } = new URL(URL.prototype.toString.call(value));
    return [...part("username"), ...part("password"), ...namesOf(searchParams)];
  } catch {
    return NO_NAMES;
  }
}

function namesOf(parameters: URLSearchParams): string[] {
  const names: string[] = [];
  URLSearchParams.prototype.forEach.call(parameters, (_value, name) => void names.push(name));
  return names;
}
