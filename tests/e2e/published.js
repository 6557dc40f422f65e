// The policy of tests/e2e/pages, published: the answers of a server that has the folder at /loyalty/.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Engine, initSync } from "../../dist/wasm/querencia-full.js";

export const INDEX = "/loyalty/index.json";

/** @param {string | Uint8Array} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** @param {any} [policy] */
export async function published(policy) {
  policy ??= JSON.parse(await readFile(new URL("pages/policy.json", import.meta.url), "utf8"));
  const { format } = JSON.parse(await readFile("dist/builds.json", "utf8"));
  initSync({ module: await WebAssembly.compile(new Uint8Array(await readFile("dist/querencia-full.wasm"))) });
  /** @type {string[]} */
  let features = [];
  const whole = sha256(JSON.stringify(policy));
  /** @type {Record<string, { body: string | Buffer }>} */
  const answers = {};
  /** @type {any} */
  const files = {};
  for (const locale of policy.shop.locales) {
    const one = structuredClone(policy);
    for (const id of Object.keys(one.messages)) one.messages[id] = { [locale]: one.messages[id][locale] };
    const engine = new Engine(one);
    const [bytes, json] = [engine.compiled(), JSON.stringify(one)];
    features = engine.features();
    const head = { seal: { format, features, policy: whole, sha256: sha256(bytes) }, shop: policy.shop, topics: [] };
    const bin = `${locale}.${sha256(bytes).slice(0, 16)}.bin`;
    answers[`/loyalty/${bin}`] = { body: Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytes]) };
    const name = `${locale}.${sha256(json).slice(0, 16)}.json`;
    answers[`/loyalty/${name}`] = { body: json };
    files[locale] = { policy: name, compiled: bin };
  }
  const rows = policy.campaigns.map((/** @type {any} */ { placement, kind }) => ({ placement, ...(kind === "thankYou" && { event: "purchase" }) }));
  answers[INDEX] = { body: JSON.stringify({ querencia: 1, policy: whole, seal: { format, features }, zone: policy.shop.zone, reads: [], files, rows }) };
  return answers;
}
