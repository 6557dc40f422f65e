// Counts the instructions of decisions, in the page's build and in Node's, and compares them with instructions.json. `cargo xtask bench
// instructions` makes the copies of the Wasm that count. With `--write` the counts become the new baseline.
//
// Counted is what runs inside the Wasm, without the JavaScript of the border. The counts are the same on every machine, because the
// build gives the same bytes everywhere and all requests are data.

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { compare } from "./baseline.mjs";
import { casaLola, cases, longLedger } from "./cases.mjs";
import { campaigns, now, policy, requests } from "./peers/workload.mjs";

const BASELINE = new URL("instructions.json", import.meta.url);
/** How many requests of the peers' workload are counted. */
const SOME = 200;

/** The Wasm of dist/, and the copies that count. @type {[Buffer, Buffer][]} */
const copies = [];
for (const name of await readdir("target/bench/counted")) {
  copies.push([await readFile(`dist/${name}`), await readFile(`target/bench/counted/${name}`)]);
}

/** Every instance of a copy. @type {WebAssembly.Instance[]} */
const instances = [];
const { compile } = WebAssembly;
WebAssembly.compile = (bytes) => {
  const found = copies.find(([real]) => real.equals(/** @type {Uint8Array} */ (bytes)));
  if (!found) throw new Error("no copy of this Wasm counts: run `cargo xtask build`, then this again");
  return compile(new Uint8Array(found[1]));
};
WebAssembly.Instance = class extends WebAssembly.Instance {
  /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
  constructor(module, imports) {
    super(module, imports);
    instances.push(this);
  }
};
// How a page gets its Wasm.
globalThis.fetch = /** @type {any} */ (
  async (/** @type {URL} */ url) => {
    const bytes = await readFile(url);
    return { ok: true, headers: { get: () => null }, arrayBuffer: async () => new Uint8Array(bytes) };
  }
);

const total = () => instances.reduce((sum, { exports }) => sum + Number(/** @type {any} */ (exports).instructions?.value ?? 0), 0);

/** The instructions of some work. @param {() => void} work */
function count(work) {
  const before = total();
  work();
  return total() - before;
}

/** All counts of one build. @param {typeof import("querencia").load} load */
async function measure(load) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { name, policy, customer, ledger, moment } of cases) {
    const engine = await load(policy);
    const handle = engine.customer(customer, ledger);
    // The first decision brings the zones and may fill what is kept.
    handle.decide(moment);
    counts[name] = count(() => handle.decide(moment));
    handle.free();
    engine.free();
  }

  const engine = await load(policy);
  const some = requests.slice(0, SOME);
  const handles = some.map(({ customer, ledger }) => engine.customer(customer, ledger));
  const moments = some.map(({ now, zone, zones, event }) => ({ now, zone, zones, event }));
  const mean = (/** @type {() => void} */ work) => Math.round(count(work) / SOME);
  /** @param {any} [more] */
  const decideAll = (more) => mean(() => handles.forEach((handle, index) => handle.decide({ ...moments[index], ...more })));
  decideAll();
  counts["peers' workload, a handle"] = decideAll();
  counts["peers' workload, a handle, explain: false"] = decideAll({ explain: false });
  counts["peers' workload, a handle, explain: false, nextAt: false"] = decideAll({ explain: false, nextAt: false });
  handles.forEach((handle) => handle.free());
  counts["peers' workload, one shot"] = mean(() => some.forEach((request) => engine.decide(request)));
  const records = longLedger(10_000, 3600, campaigns.map(({ id }) => id), now);
  counts["a handle of 10,000 records"] = count(() => engine.customer(requests[0].customer, records).free());
  engine.free();

  let before = 0;
  // The second load: the first also reads the Wasm.
  for (const round of [1, 2]) {
    before = total();
    (await load(casaLola)).free();
    if (round === 2) counts["load of Casa Lola"] = total() - before;
  }
  return counts;
}

const page = new URL("../../dist/index.js", import.meta.url).href;
/** @type {Record<string, Record<string, number>>} */
const counts = {
  page: await measure((await import(page)).load),
  node: await measure((await import("querencia")).load),
};

if (process.argv.includes("--write")) {
  await writeFile(BASELINE, `${JSON.stringify(counts, null, 2)}\n`);
  console.log("tests/bench/instructions.json is written");
}
const { table, notes, failed } = compare(counts, JSON.parse(await readFile(BASELINE, "utf8")));
await mkdir("target/bench", { recursive: true });
await writeFile("target/bench/instructions.md", `${table}\n`);
console.log([table, ...notes].join("\n\n"));
process.exitCode = failed ? 1 : 0;
