import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { vectorFiles } from "../vectors/files.js";
import { casesOf, check } from "../vectors/match.js";

const decision = {
  contacts: [{ id: "a", why: [1] }],
  ghosts: [],
  refused: [],
  tasks: [],
  standing: { tier: "known", because: [] },
  nextAt: null,
  policy: "h",
};
const problems = [
  { code: "a", path: "x", message: "…" },
  { code: "b", path: "y", message: "…" },
];

/** A package that answers what the policy says. */
const fake = {
  load: async (/** @type {any} */ policy) => {
    if (policy.refused) throw Object.assign(new Error(), { problems });
    const decide = () => {
      if (policy.throws) throw Object.assign(new Error(), { code: "a", path: "x" });
      return decision;
    };
    const customer = () => ({ retryAt: () => policy.retryAt ?? null, free() {} });
    return { policyHash: "h", decide, customer, free() {} };
  },
};

/** @param {object} given */
const passes = (given) =>
  check(casesOf({ querencia: 1, about: "", cases: [{ name: "n", policy: {}, request: {}, ...given }] })[0], fake);

test("what is expected must be there, what is not named may be", async () => {
  await passes({ decision: {} });
  await passes({ decision: { contacts: [{ id: "a" }], nextAt: null, standing: { tier: "known" } } });
  await passes({ decision: { contacts: [{ id: "a", why: "anything" }], standing: { because: 5 } } });
  for (const wrong of [
    { contacts: [] },
    { contacts: [{ id: "b" }] },
    { contacts: {} },
    { ghosts: [{}] },
    { nextAt: 0 },
    { standing: null },
    { standing: [] },
    { more: 1 },
  ]) {
    await assert.rejects(passes({ decision: wrong }), JSON.stringify(wrong));
  }
});

test("a handle must say of a campaign what the decision says", async () => {
  await assert.rejects(passes({ policy: { retryAt: 5 }, decision: {} }), /retryAt of/);
});

test("problems are all of them, in their order; an error is the first", async () => {
  await passes({
    policy: { refused: true },
    problems: [
      { code: "a", path: "x" },
      { code: "b", path: "y" },
    ],
  });
  await passes({ problems: [] });
  await assert.rejects(passes({ policy: { refused: true }, problems: [{ code: "a", path: "x" }] }));
  await assert.rejects(
    passes({
      policy: { refused: true },
      problems: [
        { code: "b", path: "y" },
        { code: "a", path: "x" },
      ],
    }),
  );
  await assert.rejects(passes({ problems: [{ code: "a", path: "x" }] }));
  await passes({ policy: { throws: true }, error: { code: "a", path: "x" } });
  await assert.rejects(passes({ policy: { throws: true }, error: { code: "a", path: "y" } }));
  await assert.rejects(passes({ error: { code: "a", path: "x" } }), /expected the error/);
  await assert.rejects(passes({ policy: { throws: true }, decision: {} }));
});

test("a file is read as its format says", async () => {
  const { files } = JSON.parse(await readFile(new URL("../vector-files.json", import.meta.url), "utf8"));
  for (const { name, file, cases, refused } of files) {
    if (refused) assert.throws(() => casesOf(file), { message: refused }, name);
    // As text, for the order of the fields.
    else assert.equal(JSON.stringify(casesOf(file)), JSON.stringify(cases), name);
  }
});

test("vectors are chosen by a part of their file or their name, and none is an error", async () => {
  /** @param {string} text */
  const chosen = async (text) => (await vectorFiles(text)).map(({ name, cases }) => [name, cases.length]);
  const all = await chosen("");
  assert.ok(all.length > 50);
  assert.deepEqual(await chosen("thank-you"), all.filter(([name]) => name === "thank-you.json"));
  assert.deepEqual(await chosen("P1: the purchase that is happening now"), [["thank-you.json", 1]]);
  await assert.rejects(vectorFiles("no vector is called this"), /no vector has `no vector is called this`/);
});

test("the runner in Node obeys VECTORS", async () => {
  const runner = new URL("./vectors.test.js", import.meta.url);
  /** @param {string} text */
  const run = (text) => {
    // Without it the child would report to this test instead of printing.
    const { NODE_TEST_CONTEXT, ...environment } = process.env;
    return promisify(execFile)(process.execPath, ["--test-reporter=tap", fileURLToPath(runner)], { env: { ...environment, VECTORS: text } });
  };
  const { stdout } = await run("P1: the purchase that is happening now");
  assert.match(stdout, /ok 1 - P1: the purchase that is happening now/);
  assert.match(stdout, /^# tests 1$/m);
  await assert.rejects(run("no vector is called this"), /no vector has `no vector is called this`/);
});
