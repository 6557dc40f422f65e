// The command line: what it prints, where a mistake is, and how it ends.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CODES } from "../../js/cli/codes.js";
import { FIGURES } from "../../js/cli/es.js";
import { wordsOf } from "../../js/cli/words.js";

const starter = "www/policies/starter.json";
const lola = "www/policies/casa-lola.json";
const purchase = "www/policies/purchase.json";

/** @type {string} */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "querencia-cli-"));
});
after(() => rm(folder, { recursive: true, force: true }));

/** @param {string[]} words @param {string} [input] */
function querencia(words, input) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["js/cli/index.js", ...words], { input, encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  return { status, stdout, stderr };
}

/** @param {string} name @param {string | Buffer} text */
async function file(name, text) {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test("without a command, and with --help, it says what there is", () => {
  for (const words of [[], ["--help"], ["check", "--help"]]) {
    const { status, stdout } = querencia(words);
    assert.equal(status, 0);
    for (const name of ["check", "explain", "--batch"]) assert.match(stdout, new RegExp(name));
  }
  assert.match(querencia(["--version"]).stdout, /^\d+\.\d+\.\d+\n$/);
});

test("a wrong call ends with 2 and one line that says what is right", () => {
  for (const [words, line] of /** @type {[string[], RegExp][]} */ ([
    [["chek"], /there is no command `chek`/],
    [["toString"], /there is no command/],
    [["check"], /give one file: <policy\.json>/],
    [["check", "nowhere.json"], /there is no file `nowhere\.json`/],
    [["check", starter, "--nwo", "1"], /--nwo/],
    [["publish", starter, "-o", "public"], /there is no option `-o`; there are: --out, --now/],
    [["publish", starter, "public"], /give one file: <policy\.json>, and the folder to write into as --out <folder>/],
    [["explain", purchase, starter], /are the two files swapped\?/],
    [["check", starter, "--now", "tomorrow"], /write it as `2026-12-31T09:00:00Z`/],
    [["check", starter, "--now", "1795513200"], /--now: before 1973: are these seconds/],
    [["check", starter, "--now", "2026-12-24T10:00"], /--now: not an RFC 3339 instant/],
    [["explain", starter], /give 2 files/],
    [["explain", "-", "-"], /only one file/],
    [["explain", starter, purchase, "--locale", "fr"], /write `es` or `en`/],
  ])) {
    const { status, stdout, stderr } = querencia(words);
    assert.equal(status, 2, words.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, line);
    assert.match(stderr, /^querencia: [^\n]+\n$/);
  }
});

test("check accepts the presets, also from the standard input", async () => {
  for (const path of [starter, lola]) assert.match(querencia(["check", path]).stdout, /is accepted: \d+ campaigns, no warnings/);
  const { status, stdout } = querencia(["check", "-"], `\uFEFF${await readFile(starter, "utf8")}`);
  assert.equal(status, 0);
  assert.match(stdout, /^standard input is accepted/);
});

test("check names the line of each mistake", async () => {
  const text = `{
  "querencia": 1,
  "shop": { "name": "a", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["en"] },
  "limits": [
    { "id": "week", "max": 3,
      "perr": "7d" }
  ],
  "campaigns": [{ "id": "a", "kind": "announcement", "channel": "email", "message": "m", "audience": { "orders.god": 1 } }],
  "messages": { "m": { "en": [{ "body": "a, \\"b\\": {" }], "en": [{ "body": "b" }] } }
}`;
  const path = await file("broken.json", text);
  const { status, stdout, stderr } = querencia(["check", path]);
  assert.equal(status, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /is refused: 4 problems/);
  assert.match(stderr, /broken\.json:6:7: limits\[0\]\.perr: no such field; did you mean `per`\?.* \(unknown-field\)/);
  assert.match(stderr, /broken\.json:5:5: limits\[0\]\.per: .*\(missing-field\)/);
  assert.match(stderr, /broken\.json:8:\d+: campaigns\[0\]\.audience\.orders\.god: .*\(unknown-fact\)/);
  assert.match(stderr, /broken\.json:9:\d+: messages\.m\.en: the object has this key twice/);
});

test("check says where a text ends to be JSON", async () => {
  const { status, stderr } = querencia(["check", await file("comma.json", `{\n  "querencia": 1,\n}`)]);
  assert.equal(status, 1);
  assert.match(stderr, /comma\.json:3:1: the policy is not JSON/);
});

test("check says on one line what is wrong with the text of a file", async () => {
  for (const [text, line] of /** @type {[string | Buffer, RegExp][]} */ ([
    ['{\n  "querencia": 1,\n  "shop": { “name”: "a" }\n}', /:3:13: the policy is not JSON: .*; write straight quotes \("\) around/],
    ['{\n  "querencia”: 1,\n  "shop": {}\n}', /:2:3: the policy is not JSON: .*; write straight quotes/],
    ['{ "shop”: "a" }', /:1:12: the policy is not JSON: .*; write straight quotes/],
    ['{\n  "a": "dijo “hola”",\n  "b": tru\n}', /:3:8: the policy is not JSON: Unexpected token '?.'?[^;]*\)\n/],
    ['{\n  "a": [1, 2,],\n}', /:2:14: the policy is not JSON: /],
    ['{\n  "a": 01\n}', /:2:9: the policy is not JSON: /],
    ['{ "a": "b\\x" }', /:1:8: the policy is not JSON: /],
    ['{ "a": [1, 2 }', /:1:14: the policy is not JSON: /],
    ["<!doctype html>\n<title>404</title>", /:1:1: the policy is not JSON: it is an HTML page/],
    ["", /:1:1: the policy is not JSON: /],
    [Buffer.from('{\n  "body": "mañana"\n}', "latin1"), /:2:14: the file is not in UTF-8; save it as UTF-8\n$/],
    [Buffer.from('\uFEFF{ "a": 1 }', "utf16le"), /:1:1: the file is not in UTF-8/],
    [Buffer.from('{ "a": 1 }', "utf16le"), /:1:2: the file is not in UTF-8/],
  ])) {
    const { status, stderr } = querencia(["check", await file("text.json", text)]);
    assert.equal(status, 1, String(text));
    assert.match(stderr, line);
    assert.ok(stderr.split("\n").length <= 3, stderr);
  }
});

test("check names what Intl does not know beside what the engine refuses", async () => {
  const policy = JSON.parse(await readFile(starter, "utf8"));
  policy.shop.zone = "Valencia";
  policy.offers["birthday-10"].percent = 110;
  const { stderr } = querencia(["check", "-"], JSON.stringify(policy));
  assert.match(stderr, /2 problems/);
  for (const part of [/offers\.birthday-10\.percent: .*\(out-of-range\)/, /shop\.zone: no zone `Intl` knows/]) assert.match(stderr, part);
});

test("check prints warnings, and accepts", async () => {
  const policy = JSON.parse(await readFile(starter, "utf8"));
  policy.offers["birthday-10"].percent = 0.1;
  const { status, stdout } = querencia(["check", await file("warned.json", JSON.stringify(policy, null, 2))]);
  assert.equal(status, 0);
  assert.match(stdout, /1 warning\n {2}\S+:\d+:\d+: offers\.birthday-10\.percent: /);
});

test("explain tells a decision, in both languages, with the exact instant in the shop's zone", () => {
  const english = querencia(["explain", lola, purchase]);
  assert.equal(english.status, 0);
  assert.equal(english.stderr, "");
  for (const part of [
    /^Sunday, 22 November 2026 at 22:40:00 \(Europe\/Madrid; 2026-11-22T21:40:00\.000Z\)\n/,
    /Who is the customer\?\n {2}Ana \(ana\)\n {2}tier: known, because good orders: 2, open cases: 0/,
    /thanks \(onsite, thank-you\)\n {4}\| /,
    /birthday: limits, limit-full\n {4}A limit is full.*\n {4}the limit's id: promo-gap; how many contacts it allows: 1;.* its window, as the policy writes it: 20 hours\n/,
    /It could pass on Monday, 23 November 2026 at 13:05:00 \(Europe\/Madrid; 2026-11-23T12:05:00\.000Z\)/,
    /No date changes that\./,
    /Also held back by calm, after-purchase: the order: 1042; /,
  ]) {
    assert.match(english.stdout, part);
  }
  const spanish = querencia(["explain", lola, purchase, "--locale", "es-ES"]).stdout;
  assert.match(spanish, /¿Quién es el cliente\?/);
  assert.match(spanish, /Podría salir el lunes, 23 de noviembre de 2026, 13:05:00 \(Europe\/Madrid; 2026-11-23T12:05:00\.000Z\)/);
  assert.equal(english.stdout.split("\n").length, spanish.split("\n").length);
});

test("explain takes the instant of --now, else of the request, else of the clock", async () => {
  const guest = await file("guest.json", `{ "customer": {}, "ledger": [] }`);
  const year = new Date().getFullYear();
  assert.match(querencia(["explain", starter, guest]).stdout, new RegExp(`^\\w+, \\d+ \\w+ (${year}|${year + 1}) at`));
  assert.match(querencia(["explain", starter, purchase, "--now", "2026-12-24T10:00:00Z"]).stdout, /^Thursday, 24 December 2026 at 11:00:00/);
});

test("explain refuses a request with the line of its mistake", async () => {
  const path = await file("request.json", `{\n  "now": "2026-12-24T10:00:00Z",\n  "customer": { "birthday": "soon" }\n}`);
  const { status, stderr } = querencia(["explain", starter, path]);
  assert.equal(status, 1);
  assert.match(stderr, /request\.json:3:17: customer\.birthday: /);
  const lines = querencia(["explain", starter, "-"], `{ "now": 1 }\n{ "now": 2 }\n`);
  assert.equal(lines.status, 1);
  assert.match(lines.stderr, /for many requests, one a line, add --batch/);
});

test("explain --batch counts codes and campaigns, and names the line of a bad request", async () => {
  const request = JSON.parse(await readFile(purchase, "utf8"));
  const rows = [request, { ...request, event: null }, { ...request, now: "soon" }, "", { ...request, customer: {}, ledger: [] }];
  const { status, stdout, stderr } = querencia(["explain", starter, "-", "--batch"], rows.map((row) => row && JSON.stringify(row)).join("\n"));
  assert.equal(status, 1, "one request was refused");
  assert.match(stderr, /^standard input:3: now: .*\n$/);
  assert.match(stdout, /^Requests: 3\. With something to say: 2\.\n/);
  assert.match(stdout, /\ngate +code +refusals +campaigns +end by a date\noccasion +none +4 +2 +2\n/);
  assert.match(stdout, /\nthanks +2 +0 +1 {2}none 1\n/);
  assert.match(stdout, /none: The campaign has nothing to speak of now\./);
  assert.equal(querencia(["explain", starter, "-", "--batch"], "\n").status, 2);
});

test("each code and each figure has its words in both languages", () => {
  const shop = { zone: "Europe/Madrid", currency: "EUR" };
  const [english, spanish] = [wordsOf("en", shop), wordsOf("es", shop)];
  for (const [code, { figures }] of Object.entries(CODES)) {
    for (const words of [english, spanish]) assert.match(words.means(code), /^\p{Lu}.*\.$/u, code);
    for (const name of Object.keys(figures)) assert.ok(FIGURES[name], `es.js has no word for the figure \`${name}\` of \`${code}\``);
  }
});
