import { formatConsole } from "@logbridge/core";
import type { Print } from "./filled.ts";
import type { InspectOptions } from "./inspect-options.ts";
import { directory, type Wording, Words } from "./words.ts";

/** The words of a console that was told how to show values. */
export class ToldWords extends Words {
  override readonly print: Print;
  override readonly directory: Wording["directory"];

  constructor(options: InspectOptions) {
    super();
    // As they are at each call: they are their owner's, who may change them.
    const print = (args: readonly unknown[]): string => formatConsole(args, { ...options, colors: false });
    this.print = Object.assign(print, { isTold: true } as const);
    this.directory = ([value, given]) => directory([value, { ...options, ...(given as object | undefined) }]);
  }
}
