// `npm run test:peers`: the adapters' tests with the oldest and the newest versions of winston, pino and log4js, and some between.
// `--only pino@7.0.0,log4js` takes some of the versions.
import { parseArgs } from "node:util";
import { exceptions } from "../test/peers/exceptions.mjs";
import { overlayOf } from "../test/peers/overlay.mjs";
import { runTests } from "../test/peers/run-tests.mjs";
import { compileConsumer } from "../test/peers/types.mjs";
import { nameOf, peers } from "../test/peers/versions.mjs";
import { ensureBuilt, ensureInstalled } from "./workspace.mjs";

const { values: asked } = parseArgs({ options: { only: { type: "string" } } });
const only = asked.only?.split(",");
const chosen = peers.filter((peer) => !only || only.includes(nameOf(peer)) || only.includes(peer.library));
if (chosen.length === 0) throw new Error(`--only ${asked.only}: the versions are ${peers.map(nameOf).join(", ")}`);

ensureInstalled();
ensureBuilt();
/** @type {string[][]} */
const lines = [];
let failed = 0;
for (const peer of chosen) {
  const began = performance.now();
  const workspace = overlayOf(peer);
  const { passed, excepted, failures } = runTests(peer, workspace);
  const types = compileConsumer(peer, workspace);
  const seconds = Math.round((performance.now() - began) / 1000);
  const cells = [nameOf(peer), passed, excepted.length, failures.length, types === "" ? "fit" : "DO NOT FIT", seconds];
  lines.push(cells.map(String));
  console.log(cells.join(" · "));
  for (const failure of failures) console.error(`  ${failure}`);
  if (types !== "") console.error(types);
  if (failures.length > 0 || types !== "" || passed === 0) failed += 1;
}
const head = ["version", "passed", "excepted", "failed", "types", "seconds"];
console.log(`\n${[head, head.map(() => "---"), ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n")}\n`);
for (const one of exceptions.filter(({ library }) => chosen.some((peer) => peer.library === library)))
  console.log(`excepted below ${one.library} ${one.below}: ${one.test} (${one.why})`);
process.exit(failed > 0 ? 1 : 0);
