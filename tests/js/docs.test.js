// The pages in www/docs: each example decides what its page says it decides, and each link leads somewhere.
//
// An example is a fenced block below a marker such as `<!-- test: policy -->`. Blocks are read from top to bottom:
//
//   policy, request              whole documents; the first of a page is the page's own
//   policy with, request with    fields that replace those of the page's own; null removes one
//   speaks, silent               what the decision says at least, about the policy and the request above it;
//                                `silent` has no contact, `speaks` has one or more
//   broken policy, broken policy with, broken request with, then problems
//                                what is refused, and the code and path of each problem
//   javascript, then prints      a module, and what it writes to the console
//   command, then prints         a command of `npx querencia`, and what it writes
//   json                         neither; it must parse
//
// A heading brings the page's own policy and request back. Instants of a decision are numbers; a page writes them as dates.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { load } from "../../js/index.js";

/** Each of these answers a question, so it begins with an example, and has one that speaks and one that does not. */
const QUESTIONS = ["how-often.md", "when.md", "to-whom.md", "which-offer.md", "what-to-say.md", "why-silent.md"];
const DOCS = "www/docs";

/** @typedef {{ marker: string, language: string, text: string, line: number, heading: number }} Block */

/**
 * The fenced blocks of a page, each with the marker above it.
 * @param {string} page
 * @returns {Block[]}
 */
function blocksOf(page) {
  const blocks = [];
  const lines = page.split("\n");
  let heading = 0;
  for (let at = 0; at < lines.length; at += 1) {
    if (/^#+ /.test(lines[at])) heading = at;
    const [, language] = /^ *```(\w*)$/.exec(lines[at]) ?? [];
    if (language === undefined) continue;
    const from = at + 1;
    while (at + 1 < lines.length && !/^ *```$/.test(lines[at + 1])) at += 1;
    const [, marker = ""] = /^<!-- (?:test: )?([a-z ]+?)(?::.*)? -->$/.exec(lines[from - 2] ?? "") ?? [];
    blocks.push({ marker, language, text: lines.slice(from, at + 1).join("\n"), line: from, heading });
    at += 1;
  }
  return blocks;
}

/**
 * Every field expected must be there with its value; lists must be as long.
 * @param {any} found
 * @param {any} expected
 * @param {string} path
 */
function holds(found, expected, path) {
  if (typeof expected === "string" && typeof found === "number") {
    return assert.equal(new Date(found).toISOString(), new Date(expected).toISOString(), path);
  }
  if (Object(expected) !== expected) return assert.equal(found, expected, path);
  assert.equal(Array.isArray(found), Array.isArray(expected), `${path}: ${JSON.stringify(found)}`);
  if (Array.isArray(expected)) assert.equal(found.length, expected.length, `${path}: ${JSON.stringify(found)}`);
  for (const key of Object.keys(expected)) {
    assert.ok(found && key in found, `${path}: no \`${key}\` in ${JSON.stringify(found)}`);
    holds(found[key], expected[key], `${path}.${key}`);
  }
}

/**
 * @param {any} policy
 * @param {any} request
 */
async function decide(policy, request) {
  const engine = await load(policy);
  try {
    return engine.decide(request);
  } finally {
    engine.free();
  }
}

/**
 * What is wrong with a document, as its reader reports it.
 * @param {() => Promise<unknown>} read
 */
async function problemsOf(read) {
  try {
    await read();
  } catch (/** @type {any} */ error) {
    if (error.problems) return error.problems;
    throw error;
  }
  throw new Error("it is accepted");
}

/** What a page has shown so far. */
class Page {
  /** @type {any} */ ownPolicy;
  /** @type {any} */ ownRequest;
  /** @type {any} */ policy;
  /** @type {any} */ request;
  heading = 0;
  /** @type {(() => Promise<unknown>) | undefined} */ broken;
  /** @type {string[]} */ printed = [];

  /** @param {Block} block */
  async run({ marker, text, heading }) {
    if (heading !== this.heading) {
      this.heading = heading;
      this.policy = this.ownPolicy;
      this.request = this.ownRequest;
    }
    if (this.broken && marker !== "problems") throw new Error("what is broken is followed by its problems");
    if (marker === "javascript") return void (this.printed = await outputOf(text));
    if (marker === "command") return void (this.printed = linesOf(text));
    if (marker === "prints") return assert.equal(this.printed.join("\n"), text);
    const given = JSON.parse(text);
    if (marker === "policy" || marker === "policy with") {
      this.policy = marker === "policy" ? given : { ...this.ownPolicy, ...given };
      this.ownPolicy ??= this.policy;
      (await load(this.policy)).free();
    } else if (marker === "request" || marker === "request with") {
      this.request = marker === "request" ? given : { ...this.ownRequest, ...given };
      this.ownRequest ??= this.request;
    } else if (marker === "speaks" || marker === "silent") {
      const decision = await decide(this.policy, this.request);
      holds(decision, given, "decision");
      assert.equal(decision.contacts.length > 0, marker === "speaks", JSON.stringify(decision.refused));
    } else if (marker === "broken policy" || marker === "broken policy with") {
      const policy = marker === "broken policy" ? given : { ...this.ownPolicy, ...given };
      this.broken = () => load(policy);
    } else if (marker === "broken request with") {
      const { policy, ownRequest } = this;
      this.broken = () => decide(policy, { ...ownRequest, ...given });
    } else if (marker === "problems") {
      assert.ok(this.broken, "nothing is broken here");
      holds(await problemsOf(this.broken), given, "problems");
      this.broken = undefined;
    } else {
      assert.equal(marker, "json", "a JSON block needs a marker, so that it is checked");
    }
  }
}

/**
 * What a module prints.
 * @param {string} source
 */
async function outputOf(source) {
  /** @type {string[]} */
  const printed = [];
  const { log } = console;
  console.log = (...words) => void printed.push(words.join(" "));
  try {
    // A module of text has no folder from which "querencia" could be found.
    const module = source.replace(/from ("querencia[/a-z]*")/g, (_, name) => `from "${import.meta.resolve(JSON.parse(name))}"`);
    await import("data:text/javascript," + encodeURIComponent(module));
  } finally {
    console.log = log;
  }
  return printed;
}

/** A reader's folder, in which the package is installed. */
const project = await mkdtemp(join(tmpdir(), "querencia-docs-"));
await mkdir(join(project, "node_modules"));
await symlink(resolve("."), join(project, "node_modules/querencia"), "junction");
after(() => rm(project, { recursive: true, force: true }));

/** What a command writes. @param {string} command */
function linesOf(command) {
  const [npx, querencia, ...words] = command.split(" ");
  assert.deepEqual([npx, querencia], ["npx", "querencia"]);
  const { stdout, stderr } = spawnSync(process.execPath, [resolve("js/cli/index.js"), ...words], { cwd: project, encoding: "utf8" });
  return (stdout + stderr).trimEnd().split("\n");
}

const pages = (await readdir(DOCS, { recursive: true })).filter((name) => name.endsWith(".md"));

test("every page of questions is there", () => {
  assert.deepEqual(QUESTIONS.filter((name) => !pages.includes(name)), []);
});

for (const name of pages) {
  test(`${name}: its examples do what it says`, async () => {
    const text = await readFile(join(DOCS, name), "utf8");
    const blocks = blocksOf(text);
    const page = new Page();
    for (const block of blocks) {
      if (!["json", "js"].includes(block.language) && !["prints", "command"].includes(block.marker)) continue;
      if (block.language === "js" && block.marker === "not run") continue;
      try {
        await page.run(block);
      } catch (cause) {
        throw new Error(`${DOCS}/${name}:${block.line}: ${/** @type {Error} */ (cause).message}`, { cause });
      }
    }
    assert.equal(page.broken, undefined, "what is broken last has no problems");
    if (!QUESTIONS.includes(name)) return;
    const [first] = blocks;
    assert.equal(first?.marker, "policy", "it begins with a whole policy");
    const headings = text.split("\n").slice(0, first.line).filter((line) => line.startsWith("## "));
    assert.deepEqual(headings, [], "its example comes before its first section");
    const markers = blocks.map(({ marker }) => marker);
    assert.ok(markers.includes("speaks") && markers.includes("silent"), "it needs an example of both");
  });
}

/**
 * The anchors of a page's headings, as GitHub makes them.
 * @param {string} page
 */
function anchorsOf(page) {
  const prose = page.replace(/^```[^]*?^```/gm, "");
  const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replace(/ /g, "-"),
  );
}

for (const name of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "tests/vectors/README.md", ...pages.map((page) => join(DOCS, page))]) {
  test(`${name}: its links lead somewhere`, async () => {
    const text = await readFile(name, "utf8");
    const prose = text.replace(/^ *```[^]*?^ *```/gm, "").replace(/`[^`]*`/g, "");
    const lost = [];
    for (const [, target] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [path, anchor] = target.split("#");
      const file = path ? join(dirname(name), path) : name;
      if (!existsSync(file)) lost.push(target);
      else if (anchor && !anchorsOf(await readFile(file, "utf8")).includes(anchor)) lost.push(target);
    }
    assert.deepEqual(lost, []);
  });
}
