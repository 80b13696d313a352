import { chromium } from "playwright-core";
import { chromiumArguments } from "../../scripts/chromium.mjs";
import { Debugger } from "./debugger.mjs";

/** How long a page may take for what it was opened for. */
const TIMEOUT_MS = 60_000;

/** @typedef {import("playwright-core").CDPSession} CDPSession */
/**
 * What the console was told, as a debugger hears it.
 * @typedef {object} ConsoleEvent
 * @property {string} type
 * @property {readonly any[]} args
 * @property {readonly import("./debugger.mjs").CallFrame[]} frames innermost first
 */

/** @param {string} program of Chromium @param {readonly string[]} [args] */
export function launch(program, args = []) {
  return chromium.launch({ executablePath: program, args: [...chromiumArguments, ...args], timeout: TIMEOUT_MS });
}

/** A page with a debugger. */
export class Tab {
  /** @type {ConsoleEvent[]} */
  events = [];
  /** What the browser printed as uncaught. @type {string[]} */
  exceptions = [];
  debugger = new Debugger();

  /** @param {import("playwright-core").Page} page @param {CDPSession} cdp */
  constructor(page, cdp) {
    this.page = page;
    this.cdp = cdp;
    cdp.on("Runtime.consoleAPICalled", ({ type, args, stackTrace }) =>
      this.events.push({ type, args: args.map(withoutIds), frames: stackTrace?.callFrames ?? [] }),
    );
    cdp.on("Runtime.exceptionThrown", ({ exceptionDetails: { text, exception } }) =>
      this.exceptions.push([text, exception?.description ?? exception?.value].filter(Boolean).join(" ")),
    );
  }

  /**
   * @param {import("playwright-core").Browser} browser
   * @param {Readonly<Record<string, unknown>>} [globals] what every page that is opened here finds in its global scope
   * @returns {Promise<Tab>}
   */
  static async open(browser, globals = {}) {
    const context = await browser.newContext();
    await context.addInitScript(`Object.assign(globalThis, ${JSON.stringify(globals)})`);
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    const cdp = await context.newCDPSession(page);
    const tab = new Tab(page, cdp);
    await tab.debugger.attach(cdp);
    await cdp.send("Runtime.enable");
    return tab;
  }

  /** Opens an address and waits until its program sets `globalThis.done`. @param {string} address @returns {Promise<any>} what it set */
  async run(address) {
    /** @type {string[]} */
    const refused = [];
    this.page.on("response", (response) => {
      if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
    });
    await this.page.goto(address);
    try {
      await this.page.waitForFunction("'done' in globalThis");
    } catch (error) {
      throw new Error(`${address} did not come to its end: ${[...refused, ...this.exceptions].join("\n")}`, {
        cause: error,
      });
    }
    return await this.page.evaluate("globalThis.done");
  }

  /** @param {ConsoleEvent} event */
  anchorOf({ frames }) {
    return this.debugger.anchor(frames);
  }

  close() {
    return this.page.context().close();
  }
}

/** Handles differ from run to run; what they stand for is described beside them. @param {any} value @returns {any} */
function withoutIds(value) {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== "objectId");
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutIds(inner)]));
}
