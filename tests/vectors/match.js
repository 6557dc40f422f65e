// Reads vector files and compares each case with what the package answers: the same in Node and in Chromium.

import { daysOf } from "./story.js";

const FILE = ["querencia", "about", "defaults", "policies", "cases"];
const CASE = ["name", "policy", "request"];
const OUTCOMES = ["decision", "problems", "error", "story"];
/** Text for people, which may change. */
const PROSE = ["why", "because"];

/**
 * @typedef {{ name: string, policy: any, request?: any, decision?: any, problems?: { code: string, path: string }[], error?: { code: string, path: string }, story?: import("./story.js").Story }} Case
 * @typedef {{ load(policy: any): Promise<any> }} Package
 */

/**
 * The cases of a file, each with its policy and its request whole. read.rs reads the same in Rust, and ../vector-files.json holds
 * what both must make of a file.
 * @param {any} file
 * @param {string[]} [more] further keys of a case
 * @returns {Case[]}
 */
export function casesOf(file, more = []) {
  only(file, FILE, "the file");
  if (file.querencia !== 1) throw new Error('the file must say `"querencia": 1`');
  const { defaults = {} } = file;
  only(defaults, ["policy", "request"], "`defaults`");
  const used = { policy: new Set(), request: new Set() };
  const names = new Set();
  const cases = file.cases.map((/** @type {any} */ given) => {
    const { name, policy } = given;
    if (typeof name !== "string") throw new Error("a case has no name");
    if (names.has(name)) throw new Error(`two cases are called \`${name}\``);
    names.add(name);
    only(given, [...CASE, ...OUTCOMES, ...more], `case \`${name}\``);
    if (OUTCOMES.filter((key) => key in given).length !== 1) {
      throw new Error(`case \`${name}\` needs one of ${OUTCOMES.join(", ")}`);
    }
    if (typeof policy === "string" && !Object.hasOwn(file.policies ?? {}, policy)) {
      throw new Error(`the file has no policy \`${policy}\``);
    }
    const own = typeof policy === "string" ? file.policies[policy] : policy;
    const whole = { ...given, policy: complete(own, defaults.policy ?? {}, used.policy) };
    if ("request" in given) whole.request = complete(given.request, defaults.request ?? {}, used.request);
    return whole;
  });
  for (const kind of /** @type {const} */ (["policy", "request"])) {
    const unused = Object.keys(defaults[kind] ?? {}).find((field) => !used[kind].has(field));
    if (unused !== undefined) throw new Error(`no case uses the default \`${kind}.${unused}\``);
  }
  return cases;
}

/**
 * The object's own fields in their order, then the default fields it lacks. An own `null` takes the default away.
 * @param {any} own
 * @param {Record<string, any>} defaults
 * @param {Set<string>} used the default fields that some case has used
 */
function complete(own, defaults, used) {
  if (Object(own) !== own || Array.isArray(own)) return own;
  const kept = Object.entries(own).filter(([field, value]) => value !== null || !Object.hasOwn(defaults, field));
  const lacking = Object.entries(defaults).filter(([field]) => !Object.hasOwn(own, field));
  for (const [field] of lacking) used.add(field);
  return Object.fromEntries([...kept, ...lacking]);
}

/**
 * The cases of a file whose file name or own name contains a text.
 * @param {string} stem the file's name without `.json`
 * @param {Case[]} cases
 * @param {string} text
 */
export function matching(stem, cases, text) {
  return stem.includes(text) ? cases : cases.filter(({ name }) => name.includes(text));
}

/**
 * Runs one case; throws when the package answers otherwise.
 * @param {Case} given
 * @param {Package} querencia
 */
export async function check({ policy, request, decision, problems, error, story }, querencia) {
  if (problems) {
    const found = await querencia.load(policy).then(
      () => [],
      (refusal) => refusal.problems ?? [refusal],
    );
    return equal(found.map(codeAndPath), problems.map(codeAndPath), "problems");
  }

  const engine = await querencia.load(policy).catch((refusal) => unexpected("policy", refusal));
  try {
    if (story) return equal(daysOf(story, request, engine), story.days, "story");
    /** @type {any} */
    let found;
    try {
      found = engine.decide(request);
    } catch (refusal) {
      if (!error) return unexpected("request", refusal);
      return equal(codeAndPath(/** @type {any} */ (refusal)), codeAndPath(error), "error");
    }
    if (error) throw new Error(`expected the error ${JSON.stringify(error)}, found ${JSON.stringify(found)}`);
    equal(found, decision, "decision");
    checkWhole(found, engine.policyHash);
    checkRetryAt(found, request, engine);
  } finally {
    engine.free();
  }
}

/**
 * @param {string} what
 * @param {any} refusal
 * @returns {never}
 */
function unexpected(what, refusal) {
  const problems = refusal.problems ?? [refusal];
  const list = problems.map((/** @type {any} */ { path, code, message }) => `${path}: ${message} (${code})`);
  throw new Error(`the ${what} is refused: ${list.join("; ")}`, { cause: refusal });
}

/** @param {{ code: string, path: string }} problem */
const codeAndPath = ({ code, path }) => ({ code, path });

/**
 * Every key expected must be there with its value; lists must be as long.
 * @param {any} found
 * @param {any} expected
 * @param {string} path
 */
function equal(found, expected, path) {
  if (Object(expected) !== expected) {
    if (found !== expected)
      throw new Error(`${path}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
    return;
  }
  if (
    Array.isArray(expected)
      ? !Array.isArray(found) || found.length !== expected.length
      : Object(found) !== found || Array.isArray(found)
  ) {
    throw new Error(`${path}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`);
  }
  for (const key of Object.keys(expected)) {
    if (PROSE.includes(key)) continue;
    if (!Object.hasOwn(found, key)) throw new Error(`${path}: no \`${key}\` in ${JSON.stringify(found)}`);
    equal(found[key], expected[key], Array.isArray(expected) ? `${path}[${key}]` : `${path}.${key}`);
  }
}

/**
 * Checks what holds for every decision, whatever the vector expects.
 * @param {any} decision
 * @param {string} policy
 */
function checkWhole(decision, policy) {
  const keys = ["contacts", "ghosts", "refused", "tasks", "standing", "nextAt", "policy"];
  const missing = keys.filter((key) => !(key in decision));
  if (missing.length) throw new Error(`the decision has no ${missing.join(", ")}`);
  if (decision.policy !== policy) throw new Error(`the decision names the policy \`${decision.policy}\``);
}

/**
 * Asked for one campaign alone, a handle says what the decision says. Node's build searches; a browser's, which has no such search, decides
 * once more.
 * @param {any} decision with reasons, or without
 * @param {any} request
 * @param {any} engine
 */
function checkRetryAt(decision, { customer, ledger, ...moment }, engine) {
  const handle = engine.customer(customer, ledger);
  try {
    const { campaign, retryAt = null } = decision.refused?.at(-1) ?? { campaign: "no campaign is called this" };
    equal(handle.retryAt(campaign, { ...moment, explain: false }), retryAt, `retryAt of \`${campaign}\``);
  } finally {
    handle.free();
  }
}

/**
 * @param {object} object
 * @param {string[]} keys
 * @param {string} what
 */
function only(object, keys, what) {
  const unknown = Object.keys(object).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`${what} has an unknown key: \`${unknown}\``);
}
