// How a vector is compared with what the package answers: the same in Node and in Chromium.

import { replay } from "./story.js";

const FILE = ["querencia", "about", "zones", "policies", "cases"];
const CASE = ["name", "policy", "request"];
const OUTCOMES = ["decision", "problems", "error", "story"];
/** Prose, which may change. */
const IGNORED = ["why", "because"];

/**
 * @typedef {{ name: string, policy: any, request?: any, decision?: any, problems?: { code: string, path: string }[], error?: { code: string, path: string }, story?: import("./story.js").Story }} Case
 * @typedef {{ load(policy: any): Promise<any> }} Package
 */

/**
 * The cases of a file, each with its policy and its zones in place.
 * @param {any} file
 * @returns {Case[]}
 */
export function casesOf(file) {
  only(file, FILE, "the file");
  if (file.querencia !== 1) throw new Error('the file must say `"querencia": 1`');
  const names = new Set();
  return file.cases.map((/** @type {any} */ given) => {
    only(given, [...CASE, ...OUTCOMES], `case \`${given.name}\``);
    if (typeof given.name !== "string" || names.has(given.name))
      throw new Error(`case \`${given.name}\` needs a name of its own`);
    names.add(given.name);
    const outcomes = OUTCOMES.filter((key) => key in given);
    if (outcomes.length !== 1) throw new Error(`case \`${given.name}\` needs one of ${OUTCOMES.join(", ")}`);
    const named = typeof given.policy === "string";
    if (named && !Object.hasOwn(file.policies ?? {}, given.policy)) {
      throw new Error(`case \`${given.name}\` names no policy of the file: \`${given.policy}\``);
    }
    const policy = named ? file.policies[given.policy] : given.policy;
    const plain = Object(given.request) === given.request && !Array.isArray(given.request);
    const request =
      plain && file.zones && !("zones" in given.request) ? { ...given.request, zones: file.zones } : given.request;
    return { ...given, policy, request };
  });
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
    return equal(found.map(place), problems.map(place), "problems");
  }

  const engine = await querencia.load(policy).catch((refusal) => unexpected("policy", refusal));
  try {
    if (story) return equal(replay(story, request, engine), story.days, "story");
    /** @type {any} */
    let found;
    try {
      found = engine.decide(request);
    } catch (refusal) {
      if (!error) return unexpected("request", refusal);
      return equal(place(/** @type {any} */ (refusal)), place(error), "error");
    }
    if (error) throw new Error(`expected the error ${JSON.stringify(error)}, found ${JSON.stringify(found)}`);
    equal(found, decision, "decision");
    whole(found, engine.policy);
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
  const told = problems.map((/** @type {any} */ { path, code, message }) => `${path}: ${message} (${code})`);
  throw new Error(`the ${what} is refused: ${told.join("; ")}`, { cause: refusal });
}

/** @param {{ code: string, path: string }} problem */
const place = ({ code, path }) => ({ code, path });

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
    if (IGNORED.includes(key)) continue;
    if (!Object.hasOwn(found, key)) throw new Error(`${path}: no \`${key}\` in ${JSON.stringify(found)}`);
    equal(found[key], expected[key], Array.isArray(expected) ? `${path}[${key}]` : `${path}.${key}`);
  }
}

/**
 * What holds for every decision, whatever the vector says of it.
 * @param {any} decision
 * @param {string} policy
 */
function whole(decision, policy) {
  const keys = ["contacts", "ghosts", "refused", "tasks", "standing", "nextAt", "policy"];
  const missing = keys.filter((key) => !(key in decision));
  if (missing.length) throw new Error(`the decision has no ${missing.join(", ")}`);
  if (decision.policy !== policy) throw new Error(`the decision names the policy \`${decision.policy}\``);
}

/**
 * @param {object} object
 * @param {string[]} keys
 * @param {string} what
 */
function only(object, keys, what) {
  const unknown = Object.keys(object).filter((key) => !keys.includes(key));
  if (unknown.length) throw new Error(`${what} has unknown keys: ${unknown.join(", ")}`);
}
