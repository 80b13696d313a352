import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cache, packages, readJson, root } from "../../scripts/workspace.mjs";

/** What tests name by its path below `node_modules`. */
const TOOLS = [".bin", "tsx", "typescript", "vitest"];

/**
 * Makes a copy of the workspace in which one library has another version. Node looks for packages in the folders above, so that
 * everything else comes from the workspace's own `node_modules`.
 *
 * @param {import("./versions.mjs").Peer} peer
 * @returns {string} the copy's folder
 */
export function overlayOf(peer) {
  const home = join(cache, "peers", `${peer.library}-${peer.version}`);
  install(peer, home);
  const workspace = join(home, "workspace");
  rmSync(workspace, { recursive: true, force: true });
  for (const file of sources()) {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    cpSync(join(root, file), join(workspace, file));
  }
  const modules = join(workspace, "node_modules");
  mkdirSync(join(modules, "@logbridge"), { recursive: true });
  for (const { name, folder } of packages()) {
    const copy = join(workspace, folder.slice(root.length));
    if (existsSync(join(folder, "dist"))) cpSync(join(folder, "dist"), join(copy, "dist"), { recursive: true });
    symlinkSync(copy, join(modules, name), "junction");
  }
  for (const tool of TOOLS) symlinkSync(join(root, "node_modules", tool), join(modules, tool), "junction");
  check(peer, join(workspace, "packages", `adapter-${peer.library}`));
  return workspace;
}

/** The files of the repository, those that are new included. */
function sources() {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 })
    .split("\n")
    .filter((file) => file !== "" && file !== "package-lock.json" && existsSync(join(root, file)));
}

/**
 * Installs the version, and those of the adapter's dependencies that are installed beside it by whoever uses it.
 * @param {import("./versions.mjs").Peer} peer @param {string} home
 */
function install({ library, version, besides }, home) {
  const manifest = JSON.stringify({
    private: true,
    dependencies: { ...companionsOf(library), ...besides, [library]: version },
  });
  const path = join(home, "package.json");
  if (existsSync(join(home, "node_modules", library)) && JSON.stringify(readJson(path)) === manifest) return;
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(path, manifest);
  const flags = ["--no-package-lock", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", ...flags, "--loglevel=error"], {
    cwd: home,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
}

/** @param {string} library @returns {Record<string, string>} what names it among its own peers */
function companionsOf(library) {
  const wanted = readJson(join(root, "packages", `adapter-${library}`, "package.json"))["devDependencies"];
  return Object.fromEntries(
    Object.entries(wanted).filter(([name]) => {
      const path = join(root, "node_modules", name, "package.json");
      return existsSync(path) && Object.hasOwn(readJson(path)["peerDependencies"] ?? {}, library);
    }),
  );
}

/** Is the version the one that the adapter gets? @param {import("./versions.mjs").Peer} peer @param {string} folder */
function check({ library, version }, folder) {
  const program = `console.log(require("${library}/package.json").version)`;
  const found = execFileSync(process.execPath, ["-e", program], { cwd: folder, encoding: "utf8" }).trim();
  if (found !== version) throw new Error(`${folder} gets ${library} ${found}, not ${version}`);
}
