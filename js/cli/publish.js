// `querencia publish`: writes what pages may read of a policy into a folder, and tells what is not in it and what everybody can read.
//
// A file has a hash of its bytes in its name, so it can be cached for good; index.json alone keeps its name and is written last. So
// whoever reads the folder at any moment finds what index.json names.

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { Engine, publish } from "../../dist/wasm/querencia-full.js";
import { keepOf } from "../ledger/keep.js";
import { Misuse, engineOf, instantOf, located, nameOf, read } from "./input.js";

/** The file that a page names. */
const INDEX = "index.json";

/** A condition or a message that reads more of an event than its name. */
const READS_EVENT = /"event\.(?!name")|"event":\{|\{ *event\./;

/** @param {URL} file */
const integrityOf = async (file) => `sha256-${createHash("sha256").update(await readFile(file)).digest("base64")}`;

/** @param {string | Uint8Array} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** @type {import("./index.js").Run} */
export async function run(words, { out, err }) {
  const { files, values } = read(words, ["policy.json"], { out: { type: "string" }, now: { type: "string" } });
  const [file] = files;
  if (!values.out) throw new Misuse("give the folder to write into: --out public/loyalty/");
  const checked = await engineOf(file, instantOf(values.now), err);
  if (!checked) return 1;
  const { engine: checkedEngine, text } = checked;
  const { policyHash, warnings, topics, shop } = checkedEngine;
  checkedEngine.free();
  const policy = JSON.parse(text);
  /** @type {Part[]} */
  let parts;
  /** @type {Record<string, string>} the tags of readers whose file has another language's name */
  let readers;
  try {
    const all = publish(policy, { locale: null });
    readers = all.readers;
    parts = all.locales.map((/** @type {string} */ locale) => partOf(policy, locale));
  } catch (problems) {
    if (!Array.isArray(problems)) throw problems;
    err(`${nameOf(file)} is refused: 1 problem`);
    for (const line of located(file, text, problems)) err(line);
    return 1;
  }

  const { format, ...builds } = JSON.parse(await readFile(new URL("../../dist/builds.json", import.meta.url), "utf8"));
  /** @type {Map<string, Uint8Array>} */
  const written = new Map();
  /** @param {string} locale @param {string} ending @param {Uint8Array} bytes */
  const add = (locale, ending, bytes) => {
    const name = `${locale}.${sha256(bytes).slice(0, 16)}.${ending}`;
    written.set(name, bytes);
    return name;
  };
  const seal = { format, features: [...new Set(parts.flatMap(({ features }) => features))].sort() };
  const named = parts.map(({ locale, part, features, compiled }) => {
    /** @param {string | Uint8Array} rest */
    const sealed = (rest) => JSON.stringify({ format, features, policy: policyHash, sha256: sha256(rest) });
    const rest = JSON.stringify(part).slice(1);
    const { deliveryDays: _, ...own } = part.shop;
    const head = { shop: own, topics, keep: keepOf(part) };
    const after = Buffer.concat([Buffer.from(`${JSON.stringify(head).slice(1)}\n`), compiled]);
    return [locale, {
      policy: add(locale, "json", Buffer.from(`{"seal":${sealed(rest)},${rest}`)),
      compiled: add(locale, "bin", Buffer.concat([Buffer.from(`{"seal":${sealed(after)},`), after])),
    }];
  });
  const { rows, leftOut } = parts[0];
  // The smallest build that has all that the policy needs, and the hash that browsers hold it against; absent: none of those for pages.
  const build = ["core", "page"].find((name) => seal.features.every((feature) => builds[name].includes(feature)));
  const engine = build && [build, await integrityOf(new URL(`../../dist/querencia-${build}-${format}.wasm`, import.meta.url))];
  const reads = readsOf(parts.map(({ part }) => part), seal.features);
  // At most one question is asked in a visit: after one, the next visit has another answer.
  const isQuestion = (/** @type {any} */ { kind }) => kind === "preferenceQuestion";
  const { campaigns, elsewhere = [] } = parts[0].part;
  const questions = [...campaigns, ...elsewhere].filter(isQuestion).map((/** @type {any} */ { id }) => id);
  const byReader = Object.fromEntries(named);
  for (const [reader, locale] of Object.entries(readers)) byReader[reader] = byReader[locale];
  const index = { querencia: 1, policy: policyHash, seal, engine, reads, questions, zone: shop.zone, files: byReader, rows };
  written.set(INDEX, Buffer.from(`${JSON.stringify(index)}\n`));
  const others = await write(values.out, written);

  const kept = parts[0].part.campaigns.length;
  out(`${nameOf(file)} is published for pages: ${kept} of ${policy.campaigns.length} campaigns, ${parts.map(({ locale }) => locale).join(", ")}`);
  for (const [name, bytes] of written) {
    out(`  ${join(values.out, name)}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} in brotli`);
  }
  if (others.length > 0) {
    out(`  ${others.length} earlier ${others.length === 1 ? "file stays" : "files stay"}, because pages that are open may still need them: delete them in a week`);
  }
  if (leftOut.length > 0) out("left out, and so for the server alone:");
  for (const [why, paths] of grouped(leftOut)) {
    out(`  ${paths.map(({ path }) => pathOf(path, policy)).join(", ")}: ${why}`);
  }
  const shown = [...new Set(parts.flatMap(({ shown }) => shown))];
  if (shown.length > 0) out("everybody can read in these files:");
  for (const line of wrapped(shown.map((path) => pathOf(path, policy)))) out(`  ${line}`);
  if (warnings.length > 0) out("the policy should change:");
  for (const line of located(file, text, warnings)) out(line);
  return 0;
}

/**
 * @typedef {{ path: string, why: string }} LeftOut
 * @typedef {{ locale: string, part: any, features: string[], compiled: Uint8Array, rows: object[], leftOut: LeftOut[], shown: string[] }} Part
 */

/**
 * The part of the policy for the readers of a locale, and what an engine for pages makes of it.
 * @param {object} policy
 * @param {string} locale
 * @returns {Part}
 */
function partOf(policy, locale) {
  const { policy: part, rows, leftOut, shown } = publish(policy, { locale });
  const engine = new Engine(part);
  try {
    return { locale, part, features: engine.features().sort(), compiled: engine.compiled(), rows, leftOut, shown };
  } finally {
    engine.free();
  }
}

/**
 * What the engine reads of a page beyond the customer and the ledger; js/loader/question.js is told it, so that it need not ask anew on each
 * page of an article. The features are what the engine that read the policy says that it needs.
 * @param {any[]} parts
 * @param {string[]} features
 * @returns {import("../loader/question.js").Reads}
 */
function readsOf(parts, features) {
  const needs = (/** @type {string[]} */ ...names) => names.some((name) => features.includes(name));
  // To suggest an article is to read all; and an offer for one article is another where the catalogue has none at all.
  const readsAll = (/** @type {any} */ { campaigns, offers }) =>
    [...campaigns, ...Object.values(offers ?? {})].some(({ suggest, sku }) => suggest || sku);
  const catalog = parts.some(readsAll) || [...new Set(parts.flatMap(({ messages }) => namesIn(messages)))];
  return {
    ...(parts.some((part) => READS_EVENT.test(JSON.stringify(part))) && { event: true }),
    // its brakes, and how many of an offer were given
    ...(needs("care", "spending") && { shop: true }),
    // reminders and questions look up the articles of carts and orders, whatever their messages say
    ...(needs("catalogue", "kinds") && { catalog }),
  };
}

/** The articles that claims name. @param {any} value @returns {string[]} */
function namesIn(value) {
  return Object.entries(Object(value) === value ? value : {}).flatMap(([key, one]) => (key === "sku" ? [one] : namesIn(one)));
}

/**
 * Writes the files, the index last, each under another name first: a server never sends half a file.
 * @param {string} folder
 * @param {Map<string, Uint8Array>} files
 * @returns {Promise<string[]>} what else was published there before
 */
async function write(folder, files) {
  let under = "";
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, bytes] of files) {
      const path = join(folder, name);
      const known = await readFile(path).catch(() => undefined);
      if (known && Buffer.compare(known, bytes) === 0) continue;
      under = join(folder, `.${name}.${process.pid}`);
      await writeFile(under, bytes);
      await rename(under, path);
    }
    const published = /\.[0-9a-f]{16}\.(json|bin)$/;
    return (await readdir(folder)).filter((name) => published.test(name) && !files.has(name));
  } catch (error) {
    if (under) await rm(under, { force: true }).catch(() => {});
    throw new Misuse(`--out: \`${folder}\` is no folder to write into: ${/** @type {Error} */ (error).message}`);
  }
}

/** `campaigns[3]` with the name that the shop gave it. @param {string} path @param {any} policy */
function pathOf(path, policy) {
  const [start, list, index] = /^(campaigns|limits)\[(\d+)\]/.exec(path) ?? [];
  return start ? path.replace(start, `${start} \`${policy[list][index].id}\``) : path;
}

/** @param {LeftOut[]} leftOut @returns {Map<string, LeftOut[]>} by the reason */
function grouped(leftOut) {
  const groups = new Map();
  for (const one of leftOut) groups.set(one.why, [...(groups.get(one.why) ?? []), one]);
  return groups;
}

/** Words in lines that fit a terminal. @param {string[]} words */
function wrapped(words) {
  const lines = [""];
  for (const [index, word] of words.entries()) {
    const more = index + 1 < words.length ? `${word}, ` : word;
    if (lines[lines.length - 1].length + more.length > 120) lines.push("");
    lines[lines.length - 1] += more;
  }
  return lines.map((line) => line.trimEnd());
}
