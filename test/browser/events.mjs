/** @param {readonly import("./browser.mjs").ConsoleEvent[]} events each call's behind its mark */
export function byCall(events) {
  /** @type {import("./browser.mjs").ConsoleEvent[][]} */
  const calls = [];
  for (const event of events)
    if (event.args[0]?.value === "call" && event.args.length === 2) calls[event.args[1].value] = [];
    else calls.at(-1)?.push(event);
  return calls;
}

/** A remote object without what differs from run to run. @param {any} arg @returns {any} */
export function withoutTime(arg) {
  if (typeof arg.value === "string") return { ...arg, value: sameDuration(arg.value) };
  return JSON.parse(JSON.stringify(arg).replace(/("name":"lastModified","type":"string","value":)"[^"]*"/g, '$1"now"'));
}

/** @param {string} text */
export function sameDuration(text) {
  return text.replace(/: [\d.e-]+ ms/, ": 1 ms");
}
