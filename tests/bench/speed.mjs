// `cargo xtask bench`: how long a decision takes beside what people would pick instead, in Node and in Chromium, and how time grows. It
// writes target/bench/speed.md and the tables of www/docs/speed.md.

import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { brotliCompressSync } from "node:zlib";
import { batches } from "./batch.mjs";
import { inChromium } from "./chromium.mjs";
import { growth, loadOfCasaLola } from "./growth.mjs";
import { agree, measure, openAll } from "./peers/index.mjs";
import { cpu, node } from "./peers/node.mjs";

const PAGE = "www/docs/speed.md";
const ROUNDS = 61;
const PACKAGES = ["@growthbook/growthbook", "@gorules/zen-engine-wasm", "json-rules-engine", "@cedar-policy/cedar-wasm"];

/** Figures stand at the right. @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const sides = head.map((_, column) => (rows.every((cells) => /^[\d.,]*$/.test(cells[column] ?? "")) ? "--:" : "---"));
  return [head, sides, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A figure as short as it is sure. @param {number} value */
const short = (value) => (value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(2));

const contenders = await openAll(node);
await agree(contenders);
console.log("all peers give the same 1,000 decisions");
const inNode = await measure(contenders, cpu, ROUNDS);
const chromium = await inChromium(ROUNDS);
const peers = table(
  ["", "decides itself", "Node, µs", "× by hand", "× faster than json-rules-engine", "Chromium, µs", "× by hand", "× faster"],
  inNode.map(({ name, does, microseconds, byHand, byRules }) => {
    const there = chromium.rows.find((row) => row.name === name);
    const inBrowser = there ? [there.microseconds, there.byHand, there.byRules] : [];
    return [name, does, ...[microseconds, byHand, byRules, ...inBrowser].map(short)];
  }),
);
console.log(peers);

/** How far an aim is. @type {(what: string, value: number | undefined, most: string, holds: (value: number) => boolean) => string[]} */
const aim = (what, value, wanted, holds) => [what, wanted, value === undefined ? "" : short(value), value !== undefined && holds(value) ? "yes" : "no"];
const of = (/** @type {string} */ name, all = inNode) => all.find((row) => row.name === name);
const [full, brief, oneShot] = ["querencia, a handle", "querencia, a handle, `explain: false`", "querencia, one shot"];
const there = (/** @type {string} */ name) => (of(name, chromium.rows)?.byHand ?? NaN) / (of(name)?.byHand ?? NaN);

const nameOf = (/** @type {number | null} */ workers) => (workers === null ? "JavaScript by hand" : `\`engine.batch\`, \`workers: ${workers}\``);
const batchRows = await batches();
const batch = table(
  ["", "µs a customer", "× by hand", "× faster than one thread", "processor time of all threads, µs", "of this one"],
  batchRows.map(({ workers, microseconds, byHand, speedUp, processor, here }) => {
    return [nameOf(workers), ...[microseconds, byHand, speedUp, processor, here].map(short)];
  }),
);
const rows = await growth();
const grows = rows.map(({ what, sizes, microseconds }) => {
  const cells = sizes.map((size, index) => `${size.toLocaleString("en")}: ${short(microseconds[index])}`);
  return [what, cells.join(" · ")];
});
const load = (await loadOfCasaLola()) / 1000;
const sizes = table(["what grows, Node", "size: µs"], grows);
const bytes = table(
  ["dist/", "bytes", "in brotli"],
  await Promise.all(
    (await readdir("dist")).filter((name) => /^(querencia|page|whole).*\.(js|wasm)$/.test(name)).map(async (name) => {
      const content = await readFile(`dist/${name}`);
      // what a name has of its content changes with each build
      return [name.replace(/-[0-9a-f]{8,16}\./, "-…."), ...[content.length, brotliCompressSync(content).length].map((count) => count.toLocaleString("en"))];
    }),
  ),
);

const native = (await readFile("target/bench/native.md", "utf8")).trim();
const nativeRate = Number(/kept by handles \| ([\d.]+)/.exec(native)?.[1]);
/** The time of one more, from the largest two sizes. @param {string} what */
const each = (what) => {
  const row = rows.find((row) => row.what.startsWith(what));
  if (!row) return undefined;
  const [size, time] = [row.sizes, row.microseconds].map((list) => /** @type {number[]} */ (list.slice(-2)));
  return (time[1] - time[0]) / (size[1] - size[0]);
};
const made = rows.find(({ what }) => what.startsWith("records: `engine.customer`"))?.microseconds.at(-1);
const growthBook = of("GrowthBook")?.byHand ?? NaN;
const byHandOfBatch = Math.min(...batchRows.filter(({ workers }) => workers === 0).map(({ byHand }) => byHand));
const aims = table(
  ["", "aim", "measured", "reached"],
  [
    aim("a handle, × faster than json-rules-engine", of(full)?.byRules, "≥ 8", (value) => value >= 8),
    aim("a handle, × by hand, no slower than GrowthBook", of(full)?.byHand, `≤ ${short(growthBook)}`, (value) => value <= growthBook),
    aim("`explain: false`, × by hand", of(brief)?.byHand, "≤ 15", (value) => value <= 15),
    aim("`explain: false`, × by hand, faster than GrowthBook", of(brief)?.byHand, `< ${short(growthBook)}`, (value) => value < growthBook),
    aim("`explain: false`, × faster than json-rules-engine", of(brief)?.byRules, "≥ 40", (value) => value >= 40),
    aim("one shot, × faster than json-rules-engine", of(oneShot)?.byRules, "≥ 3", (value) => value >= 3),
    aim("a handle, × by hand in Chromium to that in Node", there(full), "≤ 1.5", (value) => value <= 1.5),
    aim("a batch, × by hand", byHandOfBatch, "≤ 3", (value) => value <= 3),
    aim("natively, customers a second on a core", nativeRate, "≥ 300,000", (value) => value >= 300_000),
    aim("load of Casa Lola, ms", load, "≤ 10", (value) => value <= 10),
    aim("an order more, µs a decision", each("orders"), "≤ 0.2", (value) => value <= 0.2),
    aim("a handle of 100,000 records, s", made && made / 1e6, "≤ 0.4", (value) => value <= 0.4),
  ],
);
console.log(aims);

const versions = await Promise.all(
  PACKAGES.map(async (name) => `${name} ${JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8")).version}`),
);
const [{ model }] = cpus();
const conditions = [
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${model.trim()}, ${cpus().length} cores; Node ${process.version},`,
  `Chromium ${chromium.version}; ${versions.join(", ")}.`,
].join("\n");

/** @type {Record<string, string>} */
const parts = {
  conditions,
  peers,
  batch,
  growth: `${sizes}\n\nLoad of [Casa Lola](../policies/casa-lola.json), after others: ${short(load)} ms.`,
  native,
  bytes,
  aims,
};
await mkdir("target/bench", { recursive: true });
await writeFile("target/bench/speed.md", `${Object.values(parts).join("\n\n")}\n`);
let page = await readFile(PAGE, "utf8");
for (const [name, text] of Object.entries(parts)) {
  const [start, end] = [`<!-- bench: ${name} -->\n`, "<!-- end bench -->"];
  const from = page.indexOf(start) + start.length;
  const to = page.indexOf(end, from);
  if (from < start.length || to < 0) throw new Error(`${PAGE} has no ${start.trim()} with ${end}`);
  page = `${page.slice(0, from)}${text}\n${page.slice(to)}`;
}
await writeFile(PAGE, page);
console.log(`${Object.values(parts).slice(2).join("\n\n")}\n\ntarget/bench/speed.md and ${PAGE} are written`);
