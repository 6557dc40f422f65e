import assert from "node:assert/strict";
import { test } from "node:test";
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
    return { policy: "h", decide, free() {} };
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

test("a file says nothing but what is known", () => {
  const file = {
    querencia: 1,
    policies: { p: { a: 1 } },
    zones: { UTC: [] },
    cases: [{ name: "n", policy: "p", request: { now: 1 }, decision: {} }],
  };
  assert.deepEqual(casesOf(file), [
    { name: "n", policy: { a: 1 }, request: { now: 1, zones: { UTC: [] } }, decision: {} },
  ]);
  const [given] = file.cases;
  for (const wrong of [
    { ...file, more: 1 },
    { ...file, querencia: 2 },
    { ...file, cases: [{ ...given, more: 1 }] },
    { ...file, cases: [given, given] },
    { ...file, cases: [{ ...given, policy: "q" }] },
    { ...file, cases: [{ ...given, policy: "toString" }] },
    { ...file, cases: [{ ...given, problems: [] }] },
    { ...file, cases: [{ name: "n", policy: "p" }] },
    { ...file, cases: [{ ...given, name: undefined }] },
  ]) {
    assert.throws(() => casesOf(wrong), JSON.stringify(wrong));
  }
  const own = { now: 1, zones: { A: [] } };
  assert.deepEqual(casesOf({ ...file, cases: [{ ...given, request: own }] })[0].request, own);
  assert.equal(casesOf({ ...file, cases: [{ ...given, request: null }] })[0].request, null);
});
