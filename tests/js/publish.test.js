// `querencia publish`: what it writes, what is not in it, and how many bytes it takes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { load } from "../../js/index.js";

const starter = "www/policies/starter.json";
const lola = "www/policies/casa-lola.json";

/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "querencia-publish-"));
});
after(() => rm(folder, { recursive: true, force: true }));

/** @param {string[]} words @param {string} [input] */
function publish(words, input) {
  const done = spawnSync(process.execPath, ["js/cli/index.js", "publish", ...words], { input, encoding: "utf8" });
  return { ...done, lines: done.stdout.split("\n") };
}

/** @param {string} name of a folder that is not there yet */
const out = (name) => join(folder, name);

/** @param {string} path */
const json = async (path) => JSON.parse(await readFile(path, "utf8"));

const sha256 = (/** @type {string | Uint8Array} */ bytes) => createHash("sha256").update(bytes).digest("hex");

/** @param {string} file a policy */
async function published(file) {
  const to = out(file.replace(/\W/g, "-"));
  const { status, stderr, lines } = publish([file, "--out", to]);
  assert.equal(`${status}${stderr}`, "0");
  return { to, index: await json(join(to, "index.json")), lines };
}

test("a page of Casa Lola gets at most 8,000 bytes of policy, one of the starter 1,200", async () => {
  for (const [file, most] of /** @type {[string, number][]} */ ([[lola, 8_000], [starter, 1_200]])) {
    const { to, index } = await published(file);
    for (const names of Object.values(index.files)) {
      for (const name of Object.values(names)) {
        const { length } = brotliCompressSync(await readFile(join(to, /** @type {string} */ (name))));
        assert.ok(length <= most, `${name} of ${file}: ${length} bytes in brotli, ${most} are allowed`);
      }
    }
    const { length } = brotliCompressSync(await readFile(join(to, "index.json")));
    assert.ok(length <= 480, `the table of ${file}: ${length} bytes`);
  }
});

test("each file is sealed, is named after its bytes, and carries the hash of the whole policy", async () => {
  const { to, index } = await published(lola);
  const whole = await load(await json(lola));
  const { format } = await json("dist/builds.json");
  assert.deepEqual(Object.keys(index.files), ["es-ES", "en"]);
  assert.deepEqual([index.querencia, index.policy, index.zone, index.seal.format], [1, whole.policyHash, "Europe/Madrid", format]);
  for (const [locale, names] of Object.entries(index.files)) {
    const text = await readFile(join(to, names.policy), "utf8");
    assert.equal(names.policy, `${locale}.${sha256(text).slice(0, 16)}.json`);
    assert.ok(text.startsWith('{"seal":{'));
    const { seal } = JSON.parse(text);
    assert.deepEqual(seal, { format, features: seal.features, policy: whole.policyHash, sha256: sha256(text.slice(text.indexOf("}") + 2)) });

    const bytes = await readFile(join(to, names.compiled));
    assert.equal(names.compiled, `${locale}.${sha256(bytes).slice(0, 16)}.bin`);
    const end = bytes.indexOf("\n");
    const head = JSON.parse(bytes.subarray(0, end).toString());
    assert.deepEqual(head.seal, { ...seal, sha256: sha256(bytes.subarray(bytes.indexOf("}") + 2)) });
    assert.deepEqual(head.topics, whole.topics);
    assert.equal(head.shop.zone, "Europe/Madrid");
    for (const feature of seal.features) assert.ok(index.seal.features.includes(feature), feature);
    const part = await load(text);
    assert.deepEqual([part.policyHash, part.topics], [whole.policyHash, whole.topics]);
    part.free();
  }
  whole.free();
});

test("a published policy decides as the whole does for a page", async () => {
  const { to, index } = await published(lola);
  const [whole, part] = [await load(await json(lola)), await load(await readFile(join(to, index.files["es-ES"].policy), "utf8"))];
  const orders = [{ id: "o-1", at: "2026-10-01T10:00:00Z", deliveredAt: "2026-10-03T10:00:00Z", total: 4000 }];
  const ana = { id: "ana", locale: "es-ES", birthday: "--11-22", since: "2025-01-01T00:00:00Z", orders };
  let spoken = 0;
  for (const customer of [{}, ana]) {
    for (const name of [undefined, "purchase", "view_item", "no_results", "page_not_found"]) {
      for (const day of ["2026-10-05", "2026-11-10", "2026-11-22", "2026-12-03"]) {
        const event = name && { name, ...(name === "purchase" && { order: { id: "A-1", total: 2490 } }) };
        const request = { now: `${day}T10:00:00Z`, zone: "Europe/Madrid", customer, event, ledger: [], channels: ["onsite"], explain: false };
        const [expected, found] = [whole.decide(request), part.decide(request)];
        for (const key of ["contacts", "ghosts", "nextAt", "policy"]) assert.deepEqual(found[key], expected[key], `${day} ${name} ${key}`);
        spoken += found.contacts.length;
      }
    }
  }
  assert.ok(spoken > 20, `${spoken}`);
});

test("what only the shop should know is in no file, and is told", async () => {
  const { to, lines } = await published(lola);
  const files = await Promise.all((await readdir(to)).map((name) => readFile(join(to, name), "latin1")));
  for (const secret of ["marginShare", "CUENCO4", "PORTES", "sorry-late", "replyWithin", "mail-week", "budget"]) {
    assert.ok(!files.some((text) => text.includes(secret)), secret);
  }
  const told = lines.join("\n");
  for (const line of [
    "  offers.back-6, offers.ten-10, offers.top-15: `marginShare` shows the shop's margins",
    "  campaigns[19] `surprise`: a draw: who reads it can find an id that wins",
    "  campaigns[24] `portage`: its offer `portage` is left out",
  ]) {
    assert.ok(lines.includes(line), told);
  }
  const readable = told.slice(told.indexOf("everybody can read"));
  for (const path of ["holdout.salt", "holdout.share", "offers.birthday-10.code", "segments.regulars", "limits[3] `promo-gap`"]) {
    assert.ok(readable.includes(path), path);
  }
});

test("published again, nothing is written; after a change the files before it stay", async () => {
  const { to, index } = await published(starter);
  const file = join(to, index.files.en.policy);
  const before = [(await stat(file)).mtimeMs, (await stat(join(to, "index.json"))).mtimeMs];
  const names = (await readdir(to)).sort();
  await published(starter);
  assert.deepEqual([(await stat(file)).mtimeMs, (await stat(join(to, "index.json"))).mtimeMs], before);
  assert.deepEqual((await readdir(to)).sort(), names, "and no other file is left there");

  const changed = { ...(await json(starter)), limits: [{ id: "week", max: 2, per: "7d" }] };
  const { status, stdout } = publish(["-", "--out", to], JSON.stringify(changed));
  assert.equal(status, 0);
  assert.match(stdout, /\n {2}4 earlier files stay, because pages that are open may still need them/);
  const left = await readdir(to);
  for (const name of names) assert.ok(left.includes(name), name);
  assert.equal(left.length, names.length + 4);
  assert.notEqual((await json(join(to, "index.json"))).policy, index.policy);
});

test("a policy that is refused writes nothing", async () => {
  const policy = await json(starter);
  const wrong = out("wrong.json");
  await writeFile(wrong, JSON.stringify({ ...policy, limits: [{ id: "week", maxx: 3, per: "7d" }], extra: 1 }));
  const { status, stderr, stdout } = publish([wrong, "--out", out("never")]);
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /is refused: 3 problems\n.*limits\[0\]\.maxx: no such field; did you mean `max`\?/);
  await assert.rejects(stat(out("never")), { code: "ENOENT" });

  const { to, index } = await published(starter);
  const again = publish([join(to, index.files.en.policy), "--out", out("never")]);
  assert.equal(again.status, 1);
  assert.match(again.stderr, /this was published already; publish the whole policy \(not-allowed\)/);
  await assert.rejects(stat(out("never")), { code: "ENOENT" });

  const misused = publish([starter]);
  assert.deepEqual([misused.status, misused.stderr], [2, "querencia: give the folder to write into: --out public/loyalty/\n"]);
  const file = publish([starter, "--out", join(wrong, "below")]);
  assert.equal(file.status, 2);
  assert.match(file.stderr, /^querencia: --out: `.*` is no folder to write into/);
  // half of a publishing leaves nothing unfinished behind
  await mkdir(join(wrong, "../taken/index.json"), { recursive: true });
  const taken = publish([starter, "--out", join(wrong, "../taken")]);
  assert.deepEqual([taken.status, taken.stderr.split("\n").length], [2, 2]);
  assert.deepEqual((await readdir(join(wrong, "../taken"))).filter((name) => name.startsWith(".")), []);
});

test("a policy without a campaign for pages is published, and its table has no row", async () => {
  const { campaigns: _, messages: __, offers: ___, ...policy } = await json(starter);
  const to = out("none");
  const { status, lines } = publish(["-", "--out", to], JSON.stringify({ ...policy, campaigns: [], messages: {} }));
  assert.equal(status, 0);
  assert.match(lines[0], /0 of 0 campaigns/);
  assert.deepEqual((await json(join(to, "index.json"))).rows, []);
});

/** Sizes and hashes change with each release. @param {string} text */
const masked = (text) => text.replace(/[0-9a-f]{16}/g, "…").replace(/\d+ (bytes|in brotli)/g, "… $1").replace(/ +$/gm, "");

test("the page shows what the command prints", async () => {
  const page = await readFile("www/docs/publish.md", "utf8");
  const [, shown] = /```text\n([^]*?)\n```/.exec(page) ?? [];
  const { to, lines } = await published(starter);
  assert.equal(masked(lines.join("\n").replaceAll(to, "public/loyalty").replace(starter, "policy.json").replace(/\n.*earlier files? stays?.*/, "").trim()), masked(shown));
});
