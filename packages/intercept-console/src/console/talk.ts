import { builtin } from "../builtin.ts";
import { BrowserWords } from "./browser-words.ts";
import { bunWords } from "./bun-words.ts";
import { denoWords } from "./deno-words.ts";
import { inspectOptionsOf } from "./inspect-options.ts";
import { openedGroups } from "./opened-groups.ts";
import { ToldWords } from "./told-words.ts";
import { type Wording, Words } from "./words.ts";

/** A console, as far as it is used here: Node's, a browser's, `new Console(…)`, a test runner's. */
export interface ConsoleLike {
  log(...data: never[]): unknown;
}

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** One call of a console method. */
export interface ConsoleCall {
  readonly method: string;
  readonly original: Method;
  readonly self: unknown;
  readonly args: readonly unknown[];
}

/**
 * What the wrappers of one console share: while a method such as `table` is at work, what it says by `log` is part of it and
 * no call of its own.
 */
export class Talk {
  readonly console: ConsoleLike;
  readonly words: Wording;
  readonly isGlobal: boolean;
  /** What it is told a debugger shows. */
  readonly isShownByDebuggers: boolean;
  /** Does a call without arguments print nothing, where it is not the method's name that is printed then? */
  readonly skipsEmpty: boolean;
  /** The groups that are open, and whether the console itself has opened them too. */
  readonly groups: boolean[] = [];
  /** Do methods such as `table` print by calling `log`? Node's do; a browser's do not. */
  nests: boolean;
  #listeners = 0;
  #work: { readonly silent: boolean; readonly said: ConsoleCall[] } | null = null;

  constructor(console: ConsoleLike) {
    this.console = console;
    this.isGlobal = console === globalThis.console;
    this.isShownByDebuggers = console === runtimeConsole();
    this.skipsEmpty = this.isGlobal && isBrowser();
    const options = this.isShownByDebuggers ? null : inspectOptionsOf(console);
    if (options) this.words = new ToldWords(options);
    else this.words = this.isGlobal ? wordsOfRuntime(this.skipsEmpty) : new Words();
    this.nests = isNodeConsole(console);
  }

  /**
   * Somebody begins to listen to the console.
   *
   * @returns ends it
   */
  enter(): () => void {
    // While nobody listened it has opened and ended groups by itself.
    if (this.#listeners++ === 0)
      this.groups.splice(0, this.groups.length, ...new Array<boolean>(openedGroups(this.console)).fill(true));
    return () => void this.#listeners--;
  }

  /** Is a method at work whose parts are to be heard? */
  get isWorking(): boolean {
    return this.#work !== null;
  }

  /** Runs the console's own method; gives what it said by other methods. Silent: it says so to nobody else. */
  doing(silent: boolean, run: () => unknown): readonly ConsoleCall[] {
    const outer = this.#work;
    const work = { silent, said: [] };
    this.#work = work;
    try {
      run();
    } finally {
      this.#work = outer;
    }
    return work.said;
  }

  /** Is this call part of a method at work? Then it is dealt with here. */
  isPart(call: ConsoleCall): boolean {
    const work = this.#work;
    if (!work) return false;
    work.said.push(call);
    if (work.silent) return true;
    this.#work = null;
    try {
      replay([call]);
    } finally {
      this.#work = work;
    }
    return true;
  }
}

/** Bun and Deno, which have modules of Node, have consoles of their own all the same. */
function wordsOfRuntime(isBrowsers: boolean): Wording {
  return isBrowsers ? new BrowserWords() : (denoWords() ?? bunWords() ?? new Words());
}

/** Is it of Node's class, whose methods use each other and print by streams? */
export function isNodeConsole(console: object): boolean {
  return Object.getOwnPropertySymbols(console).some(({ description }) => description === "kIsConsole");
}

/** Is there no process, and the console the engine's own? */
function isBrowser(): boolean {
  const { process } = globalThis as { readonly process?: { readonly versions?: unknown } };
  return process?.versions === undefined;
}

/** Lets the console say what was kept. */
export function replay(calls: readonly ConsoleCall[]): void {
  for (const { original, self, args } of calls) original.apply(self, args as unknown[]);
}

/** The console that a runtime in the manner of Node made itself, whatever the global one has been replaced by. */
export function runtimeConsole(): ConsoleLike | undefined {
  return builtin<ConsoleLike>("node:console");
}

const talks = new WeakMap<object, Talk>();

/** The one talk of a console. */
export function talkOf(console: ConsoleLike): Talk {
  let talk = talks.get(console);
  if (!talk) talks.set(console, (talk = new Talk(console)));
  return talk;
}
