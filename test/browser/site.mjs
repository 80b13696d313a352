import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { packages, root } from "../../scripts/workspace.mjs";

const PAGES = join(fileURLToPath(new URL(".", import.meta.url)), "pages");
const POST_TIMEOUT_MS = 10_000;
/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".ts": "text/plain; charset=utf-8",
};

/** What a page that bundles nothing says of the packages. */
const IMPORTS = {
  ...Object.fromEntries(
    packages().map(({ name, folder }) => [name, `/packages/${folder.split(/[\\/]/).at(-1)}/dist/esm/index.js`]),
  ),
  "#platform": "/packages/core/dist/esm/platform/web.js",
  "#runtime": "/packages/adapter-otel/dist/esm/runtime/web.js",
};

/** Loopback pages: the packages as they were built, the modules in `pages/`, and what a test adds. */
export class Site {
  /** @type {Map<string, { type: string, body: string }>} */
  #added = new Map();
  /** @type {Map<string, (body: string) => void>} */
  #awaited = new Map();
  #server = createServer((request, response) => this.#serve(request, response));

  /** @returns {Promise<Site>} */
  static async open() {
    const site = new Site();
    await new Promise((resolve) => site.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return site;
  }

  get origin() {
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${port}`;
  }

  /** Another origin with the same files. */
  get otherOrigin() {
    return this.origin.replace("127.0.0.1", "localhost");
  }

  /** @param {string} path such as "/app/bundle.js" @param {string} body @returns {string} its address */
  add(path, body) {
    this.#added.set(path, { type: TYPES[extname(path)] ?? "text/plain", body });
    return `${this.origin}${path}`;
  }

  /**
   * A page that runs a module.
   * @param {string} path of the page
   * @param {string} code of the module
   * @param {string} [head] more of the page's head
   */
  page(path, code, head = "") {
    const map = JSON.stringify({ imports: IMPORTS });
    return this.add(
      `${path}.html`,
      `<!doctype html><head><link rel="icon" href="data:,"><script type="importmap">${map}</script>${head}</head><body><script type="module">\n${code}\n</script></body>`,
    );
  }

  /** @param {string} path @returns {Promise<string>} the body of what is sent there next */
  nextPost(path) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing was sent to ${path}`)), POST_TIMEOUT_MS);
      this.#awaited.set(path, (body) => {
        clearTimeout(timer);
        resolve(body);
      });
    });
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  #serve(request, response) {
    const path = normalize(new URL(request.url ?? "/", this.origin).pathname).replaceAll("\\", "/");
    if (request.method === "POST") return void this.#take(path, request, response);
    const added = this.#added.get(path);
    if (added) return void response.writeHead(200, { "content-type": added.type }).end(added.body);
    const file = path.startsWith("/packages/") ? join(root, path) : join(PAGES, path);
    const type = TYPES[extname(file)];
    if (!type || !existsSync(file)) response.writeHead(404).end();
    else {
      response.writeHead(200, { "content-type": type });
      createReadStream(file).pipe(response);
    }
  }

  /** @param {string} path @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  async #take(path, request, response) {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    response.writeHead(204).end();
    this.#awaited.get(path)?.(body);
  }
}
