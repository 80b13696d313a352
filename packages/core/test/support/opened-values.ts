/** The secret in all of them. */
export const PW = "hunter2-secret";

/** Values that an inspection opens and the paths of a redaction cannot look into, each with a secret under "password". */
export const OPENED: Readonly<Record<string, () => unknown>> = {
  "a promise": () => Promise.resolve({ password: PW }),
  "the iterators of a Map": () => new Map([["a", { password: PW }]]).values(),
  "the entries of a Map": () => new Map([["password", PW]]).entries(),
  "the iterator of a Set": () => new Set([{ password: PW }]).values(),
  "a WeakSet": () => new WeakSet([{ password: PW }]),
  "a WeakMap": () => new WeakMap([[{}, { password: PW }]]),
  "a proxy": () => new Proxy({ password: PW }, {}),
  "a form": () => {
    const form = new FormData();
    form.append("password", PW);
    return form;
  },
  headers: () => new Headers({ password: PW }),
  "a request": () => new Request("http://localhost/", { headers: { password: PW } }),
  "a response": () => new Response("x", { headers: { password: PW } }),
  "search parameters": () => new URLSearchParams({ password: PW }),
  "an address with a password": () => new URL(`http://ann:${PW}@localhost/`),
  "an address with a parameter": () => new URL(`http://localhost/?password=${PW}`),
  "bytes with a property": () => Object.assign(Buffer.from("abc"), { password: PW }),
  "a typed array with a property": () => Object.assign(new Float64Array(2), { password: PW }),
  "many bytes with a property": () => Object.assign(new Uint8Array(5_000), { password: PW }),
  "a view with a property": () => Object.assign(new DataView(new ArrayBuffer(2)), { password: PW }),
  "a function with a hidden property": () =>
    Object.defineProperty(() => {}, "password", { value: PW, enumerable: false }),
  "a prototype": () => Object.create({ password: PW }),
  "a prototype of a class": () => {
    class User {}
    Object.assign(User.prototype, { deep: { password: PW } });
    return new User();
  },
  "a symbol": () => ({ [Symbol("password")]: PW }),
  "a hidden property": () => Object.defineProperty({}, "password", { value: PW, enumerable: false }),
};
