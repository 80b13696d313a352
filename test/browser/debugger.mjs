import { SourceMap } from "node:module";

/** Addresses that DevTools passes over without being told, map or not. */
const THIRD_PARTY = /\/node_modules\/|^node:/;

/** @typedef {{ url: string, lineNumber: number, columnNumber: number, functionName: string, scriptId: string }} CallFrame */
/** @typedef {{ url: string, line: number, ignored: boolean }} Place where DevTools shows a frame; lines count from 1 */

/** Where DevTools says that something was printed: the first frame, through its source map, that is on no ignore list. */
export class Debugger {
  /** @type {Map<string, { url: string, sourceMapURL?: string | undefined }>} */
  #scripts = new Map();
  /** @type {Map<string, Promise<{ map: SourceMap, address: string, ignored: readonly string[] } | null>>} */
  #maps = new Map();

  /** @param {import("playwright-core").CDPSession} cdp */
  async attach(cdp) {
    cdp.on("Debugger.scriptParsed", ({ scriptId, url, sourceMapURL }) =>
      this.#scripts.set(scriptId, { url, sourceMapURL }),
    );
    await cdp.send("Debugger.enable");
  }

  /** @param {readonly CallFrame[]} frames innermost first @returns {Promise<Place | null>} */
  async anchor(frames) {
    const places = await Promise.all(frames.map((frame) => this.#place(frame)));
    return places.find(({ ignored }) => !ignored) ?? places[0] ?? null;
  }

  /** @param {CallFrame} frame @returns {Promise<Place>} */
  async #place({ url, lineNumber, columnNumber, scriptId }) {
    const script = this.#scripts.get(scriptId);
    const found = script?.sourceMapURL ? await this.#map(script.url, script.sourceMapURL) : null;
    const entry = found?.map.findEntry(lineNumber, columnNumber);
    if (!found || !entry || !("originalSource" in entry))
      return { url, line: lineNumber + 1, ignored: THIRD_PARTY.test(url) };
    const source = entry.originalSource;
    const address = new URL(source, found.address).href;
    return {
      url: address,
      line: entry.originalLine + 1,
      ignored: found.ignored.includes(source) || THIRD_PARTY.test(address),
    };
  }

  /** @param {string} script @param {string} name */
  #map(script, name) {
    const address = new URL(name, script).href;
    let loading = this.#maps.get(address);
    if (!loading) this.#maps.set(address, (loading = load(address)));
    return loading;
  }
}

/** @param {string} address */
async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const payload = /** @type {any} */ (await answer.json());
  const list = /** @type {readonly number[]} */ (payload.ignoreList ?? payload.x_google_ignoreList ?? []);
  return { map: new SourceMap(payload), address, ignored: list.map((index) => payload.sources[index]) };
}
