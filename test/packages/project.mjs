import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/**
 * How a program ended.
 * @typedef {object} Outcome
 * @property {number | null} code
 * @property {string} stdout
 * @property {string} stderr
 */

/** A project of somebody else: a folder far from this repository with what npm installed there. */
export class Project {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * @param {string} fixtures folder whose files the project starts with
   * @param {Record<string, string>} dependencies name → version, or path of a tarball
   * @param {Record<string, unknown>} [manifest] further fields of package.json
   * @returns {Promise<Project>}
   */
  static async create(fixtures, dependencies, manifest = {}) {
    const project = new Project(await mkdtemp(join(tmpdir(), "logbridge-project-")));
    await cp(fixtures, project.folder, { recursive: true });
    const specs = Object.entries(dependencies).map(([name, spec]) => [
      name,
      spec.endsWith(".tgz") ? `file:${spec}` : spec,
    ]);
    const content = {
      name: "somebody",
      version: "1.0.0",
      private: true,
      ...manifest,
      dependencies: Object.fromEntries(specs),
    };
    await writeFile(join(project.folder, "package.json"), JSON.stringify(content, null, 2));
    const args = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"];
    const installed = await project.run("npm", args);
    if (installed.code !== 0) throw new Error(`npm install failed:\n${installed.stdout}${installed.stderr}`);
    return project;
  }

  /**
   * Runs a program in the project's folder; never throws for how it ended.
   * @param {string} program
   * @param {readonly string[]} args
   * @param {Record<string, string>} [env] variables besides ours
   * @returns {Promise<Outcome>}
   */
  run(program, args, env = {}) {
    return new Promise((resolve) => {
      const options = {
        cwd: this.folder,
        env: { ...withoutColour(process.env), ...env },
        maxBuffer: 1 << 28,
        timeout: 300_000,
        shell: process.platform === "win32",
      };
      execFile(program, args, options, (error, stdout, stderr) => {
        const code = error ? (typeof error.code === "number" ? error.code : null) : 0;
        resolve({ code, stdout, stderr });
      });
    });
  }

  /**
   * Runs a program that has to end well.
   * @param {string} program
   * @param {readonly string[]} args
   * @param {Record<string, string>} [env]
   * @returns {Promise<Outcome>}
   */
  async succeed(program, args, env) {
    const outcome = await this.run(program, args, env);
    if (outcome.code !== 0)
      throw new Error(`${program} ${args.join(" ")} ended with ${outcome.code}\n${outcome.stdout}${outcome.stderr}`);
    return outcome;
  }

  /** @param {string} name of an installed package @returns {Promise<Record<string, any>>} its package.json */
  async manifest(name) {
    return JSON.parse(await readFile(join(this.folder, "node_modules", name, "package.json"), "utf8"));
  }

  async remove() {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The environment in which this Node is the one found by name. @param {string} node @returns {Record<string, string>} */
export function pathOf(node) {
  return { PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}` };
}

/** @param {NodeJS.ProcessEnv} env */
function withoutColour(env) {
  const { FORCE_COLOR: _force, NO_COLOR: _no, NODE_OPTIONS: _options, ...rest } = env;
  return rest;
}
