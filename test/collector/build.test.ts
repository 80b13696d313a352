import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** What the scripts may use besides Go. */
const TOOLS = ["bash", "cat", "cmp", "cp", "dirname", "env", "mkdir", "mktemp", "mv", "rm", "rmdir", "sed", "sleep"];

/** A repository of its own, with the scripts and nothing built, and a machine with few programs. */
let folder: string;
let bin: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "logbridge-build-"));
  bin = join(folder, "bin");
  mkdirSync(bin);
  for (const file of ["scripts/go.sh", "scripts/collector.sh", "scripts/store.sh", "test/collector/builder.yaml"])
    cpSync(join(root, file), join(folder, file));
  for (const tool of TOOLS) symlinkSync(found(tool), join(bin, tool));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function found(tool: string): string {
  const places = (process.env["PATH"] ?? "").split(delimiter).map((place) => join(place, tool));
  return places.find((place) => existsSync(place)) ?? tool;
}

function build(script: string) {
  const args = [join(folder, "scripts", script), "build"];
  return spawnSync("bash", args, { encoding: "utf8", env: { PATH: bin, GO_FETCH_PAUSE: "0" } });
}

/** A Go that notes what it is asked for and makes programs that do the same. */
function giveGo(builder = "mkdir dist && echo made > dist/otelcol-logbridge") {
  const program = `#!/usr/bin/env bash
echo "$*" >> ${folder}/asked
name="\${2%@*}"; name="\${name##*/}"
echo '#!/usr/bin/env bash' > "$GOBIN/$name"
echo '${builder}' >> "$GOBIN/$name"
chmod +x "$GOBIN/$name"
`;
  writeFileSync(join(bin, "go"), program);
  chmodSync(join(bin, "go"), 0o755);
  symlinkSync(found("chmod"), join(bin, "chmod"));
}

const asked = () => readFileSync(join(folder, "asked"), "utf8").trim().split("\n");

describe.each(["collector.sh", "store.sh"])("%s without Go", (script) => {
  test("says so in one line, and ends with 3", () => {
    const { status, stdout, stderr } = build(script);
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^Go is not installed: .* is not built\n$/);
  });
});

describe("collector.sh", () => {
  const program = () => join(folder, ".cache", "collector", "otelcol-logbridge");
  const executable = "mkdir dist && echo made > dist/otelcol-logbridge && chmod +x dist/otelcol-logbridge";

  test("builds with the official builder of the version that builder.yaml names, once", () => {
    giveGo(executable);
    expect(build("collector.sh")).toMatchObject({ status: 0, stdout: `${program()}\n` });
    expect(readFileSync(program(), "utf8")).toBe("made\n");
    expect(build("collector.sh")).toMatchObject({ status: 0, stdout: `${program()}\n`, stderr: "" });
    const [, version] = /version: (\S+)/.exec(readFileSync(join(folder, "test/collector/builder.yaml"), "utf8")) ?? [];
    expect(asked()).toEqual([`install go.opentelemetry.io/collector/cmd/builder@v${version}`]);
  });

  test("builds anew when builder.yaml has changed", () => {
    giveGo(executable);
    build("collector.sh");
    writeFileSync(program(), "old");
    writeFileSync(join(folder, "test/collector/builder.yaml"), "  version: 9.9.9\n");
    expect(build("collector.sh").status).toBe(0);
    expect(readFileSync(program(), "utf8")).toBe("made\n");
    expect(asked().at(-1)).toBe("install go.opentelemetry.io/collector/cmd/builder@v9.9.9");
  });

  test("shows what a builder that fails has said, and leaves no program", () => {
    giveGo("echo this module is refused; exit 7");
    const { status, stdout, stderr } = build("collector.sh");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("this module is refused");
    expect(existsSync(program())).toBe(false);
  });

  const refusal = "echo go: example.org/x@v1.0.0: reading https://proxy.example/x: 403 Forbidden";

  test("asks again for modules that could not be fetched", () => {
    giveGo(`[ -e ../tried ] || { echo > ../tried; ${refusal}; exit 1; }; ${executable}`);
    expect(build("collector.sh")).toMatchObject({ status: 0, stdout: `${program()}\n` });
  });

  test("says that it cannot be built where its modules cannot be fetched, and ends with 3", () => {
    giveGo(`echo asked >> ../tried; ${refusal}; exit 1`);
    const { status, stdout, stderr } = build("collector.sh");
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("403 Forbidden");
    expect(stderr).toMatch(/^the Go modules cannot be fetched from here: the collector is not built$/m);
    expect(readFileSync(join(folder, ".cache", "collector", "tried"), "utf8")).toBe("asked\n".repeat(3));
    expect(existsSync(program())).toBe(false);
  });
});

describe("store.sh", () => {
  test("builds once, and prints where", () => {
    giveGo();
    const first = build("store.sh");
    expect(first.status).toBe(0);
    expect(existsSync(first.stdout.trim())).toBe(true);
    expect(build("store.sh")).toMatchObject({ status: 0, stdout: first.stdout, stderr: "" });
    expect(asked()).toEqual([
      expect.stringMatching(/^install github\.com\/VictoriaMetrics\/VictoriaLogs\/app\/victoria-logs@v\d/),
    ]);
  });
});
