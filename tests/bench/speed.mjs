// `cargo xtask bench`: how long a decision takes beside what people would pick instead, in Node and in Chromium, and how time grows. It
// writes target/bench/speed.md and the tables of www/docs/speed.md.

import { mkdir, readFile, writeFile } from "node:fs/promises";
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

/** How far the aims are, which the page does not say. @type {(what: string, value: number | undefined, holds: (value: number) => boolean) => string} */
const aim = (what, value, holds) => (value === undefined ? `${what}: not built` : `${what}: ${short(value)}${holds(value) ? "" : ", **missed**"}`);
const of = (/** @type {string} */ name, all = inNode) => all.find((row) => row.name === name);
const [full, brief, oneShot] = ["querencia, a handle", "querencia, a handle, `explain: false`", "querencia, one shot"];
const there = (/** @type {string} */ name) => (of(name, chromium.rows)?.byHand ?? NaN) / (of(name)?.byHand ?? NaN);
const aims = [
  aim("a handle, × faster than json-rules-engine, at least 8", of(full)?.byRules, (value) => value >= 8),
  aim("`explain: false`, × by hand, at most 15", of(brief)?.byHand, (value) => value <= 15),
  aim("`explain: false`, × by hand, less than GrowthBook", of(brief)?.byHand, (value) => value < (of("GrowthBook")?.byHand ?? 0)),
  aim("one shot, × faster than json-rules-engine, at least 3", of(oneShot)?.byRules, (value) => value >= 3),
  aim("a handle, × by hand in Chromium to Node, at most 1.5", there(full), (value) => value <= 1.5),
];
console.log(`\n${aims.join("\n")}\n`);

const nameOf = (/** @type {number | null} */ workers) => (workers === null ? "JavaScript by hand" : `\`engine.batch\`, \`workers: ${workers}\``);
const batch = table(
  ["", "µs a customer", "× by hand", "× faster than one thread", "processor time of all threads, µs", "of this one"],
  (await batches()).map(({ workers, microseconds, byHand, speedUp, processor, here }) => {
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
    ["querencia.wasm", "querencia.js", "querencia-full.wasm", "querencia-full.js"].map(async (name) => {
      const content = await readFile(`dist/${name}`);
      return [name, ...[content.length, brotliCompressSync(content).length].map((count) => count.toLocaleString("en"))];
    }),
  ),
);

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
  native: (await readFile("target/bench/native.md", "utf8")).trim(),
  bytes,
};
await mkdir("target/bench", { recursive: true });
await writeFile("target/bench/speed.md", `${[...Object.values(parts), ...aims].join("\n\n")}\n`);
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
