import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseYaml } from "./yaml.mjs";

type Section = Readonly<Record<string, unknown>>;
interface Collector {
  readonly receivers: Section;
  readonly processors: Section;
  readonly exporters: Section;
  readonly service: { readonly pipelines: Readonly<Record<string, Readonly<Record<Kind, readonly string[]>>>> };
}
interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly image: string;
        readonly environment?: Readonly<Record<string, string>>;
        readonly volumes: readonly string[];
        readonly ports?: readonly string[];
        readonly depends_on?: readonly string[];
        readonly profiles?: readonly string[];
      }
    >
  >;
  readonly volumes: Section;
}
type Kind = "receivers" | "processors" | "exporters";

const KINDS: readonly Kind[] = ["receivers", "processors", "exporters"];
const CONFIGURATIONS = ["collector.yaml", "collector-clickhouse.yaml", "collector-kafka.yaml"];

const text = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), "utf8");
const compose = parseYaml(text("compose.yaml")) as Compose;
const services = Object.entries(compose.services);

describe.each(CONFIGURATIONS)("%s", (name) => {
  const configuration = parseYaml(text(name)) as Collector;

  test("names in its pipelines what it configures, and configures nothing else", () => {
    const pipelines = Object.values(configuration.service.pipelines);
    for (const kind of KINDS) {
      const named = new Set(pipelines.flatMap((pipeline) => pipeline[kind]));
      expect([...named].sort(), kind).toEqual(Object.keys(configuration[kind]).sort());
    }
  });

  test("is told by compose.yaml what it takes from the environment and has no usual value for", () => {
    const given = Object.keys(compose.services["collector"]?.environment ?? {});
    const asked = [...text(name).matchAll(/\$\{env:(\w+)(:-)?/g)].filter(([, , usual]) => usual === undefined);
    expect(asked.map(([, variable]) => variable).filter((variable) => !given.includes(String(variable)))).toEqual([]);
    expect(text(name)).toContain("${env:OTELCOL_HOST:-127.0.0.1}");
    expect(given).toContain("OTELCOL_HOST");
  });

  test("is spoken of in the page", () => {
    expect(text("README.md")).toContain(`[${name}](${name})`);
  });
});

describe("compose.yaml", () => {
  test("names one version of each image", () => {
    for (const [name, { image }] of services) expect(image, name).toMatch(/^[\w.-]+\/[\w.-]+:v?\d+\.\d+[\d.]*$/);
  });

  test("mounts files that are there and volumes that it declares", () => {
    const sources = services.flatMap(([, { volumes }]) => volumes.map((volume) => mount(volume)));
    const files = sources.filter((source) => source.startsWith("./"));
    expect(files).toContain("./collector.yaml");
    for (const file of files) expect(text(file).length, file).toBeGreaterThan(0);
    expect(sources.filter((source) => !source.startsWith("./")).sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  test("publishes on loopback only, each port once", () => {
    const ports = services.flatMap(([, { ports = [] }]) => ports);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    expect(new Set(ports).size).toBe(ports.length);
  });

  test("starts nothing that depends on a service of a profile", () => {
    for (const [name, { depends_on = [] }] of services)
      for (const other of depends_on) {
        expect(compose.services[other], `${name} depends on ${other}`).toBeDefined();
        expect(compose.services[other]?.profiles, `${name} depends on ${other}`).toBeUndefined();
      }
  });

  test("has a source in Grafana for each store", () => {
    const { datasources } = parseYaml(text("grafana/datasources.yaml")) as { datasources: readonly Section[] };
    const plugins = compose.services["grafana"]?.environment?.["GF_PLUGINS_PREINSTALL"]?.split(",");
    expect(datasources.map(({ type }) => type).sort()).toEqual(plugins?.sort());
    expect(JSON.stringify(datasources)).toContain("http://victoria-logs:9428");
    expect(JSON.stringify(datasources)).toContain('"host":"clickhouse"');
  });
});

/** What stands before the place in the container; a variable with a usual value has that. */
function mount(volume: string): string {
  return String(volume.replace(/\$\{\w+:-([^}]*)\}/g, "$1").split(":")[0]);
}
