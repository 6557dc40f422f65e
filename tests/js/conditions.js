// Random attributes and conditions. The name of an attribute says what may be in it, so that order is asked only of what has
// one here and in JavaScript alike: `n` a number, a decimal, a word or nothing; `a` anything; `k` a list of what `n` may be;
// `l` a list of anything; `s` a list of objects; `o` an object with these names again.

/** @typedef {ReturnType<import("./dice.js").dice>} Dice */

const NAMES = ["n", "a", "k", "l", "s", "o"];
const ORDERED = [0, 1, 2, -3, 2.5, 10, "0", "1", "2", "-3", "2.5", "10", "a", "b", "Ana", "ñ", "1.2.3", "-", null];
const SCALARS = [...ORDERED, true, false, ""];
const TYPES = ["string", "number", "boolean", "array", "object", "null", "Object", 5, null];
const ORDER = ["$gt", "$gte", "$lt", "$lte"];
const OTHERS = ["$eq", "$ne", "$in", "$nin", "$exists", "$type", "$not", "$all", "$size", "$elemMatch"];
/** Of these one at most stands in an object: in the other evaluator's words they may be the same. */
const SINGLE = ["$eq", "$ne", "$not"];

const list = (/** @type {Dice} */ roll, /** @type {() => any} */ make) => Array.from({ length: roll.below(4) }, make);

/** @returns {any} */
function value(/** @type {Dice} */ roll, /** @type {string} */ name, depth = 0) {
  if (name === "n") return roll.pick(ORDERED);
  if (name !== "a" && roll.below(8) === 0) return roll.pick(SCALARS);
  if (name === "k") return list(roll, () => roll.pick(ORDERED) ?? 0);
  if (depth > 2) return roll.pick(SCALARS);
  if (name === "l") return list(roll, () => value(roll, "a", depth + 1) ?? 0);
  if (name === "s") return list(roll, () => (roll.below(5) ? attributes(roll, depth + 1) : roll.pick([0, "a", []])));
  if (name === "o") return attributes(roll, depth + 1);
  return roll.below(3) ? roll.pick(SCALARS) : value(roll, roll.pick(["k", "l", "o"]), depth + 1);
}

/** @returns {any} */
export function attributes(/** @type {Dice} */ roll, depth = 0) {
  const names = roll.shuffled(NAMES).filter(() => roll.below(depth ? 3 : 6) > 0);
  return Object.fromEntries(names.map((name) => [name, value(roll, name, depth)]));
}

/** What makes conditions that some of these customers may meet. */
export function asker(/** @type {Dice} */ roll, /** @type {any[]} */ customers) {
  return condition;

  /** @returns {any} */
  function condition(depth = 0) {
    const length = roll.below(5) ? 1 : roll.below(4);
    return Object.fromEntries(Array.from({ length }, () => (depth < 3 && roll.below(3) === 0 ? joint(depth) : test(depth))));
  }

  /** @returns {[string, any]} */
  function joint(/** @type {number} */ depth) {
    const name = roll.pick(["$and", "$or", "$nor", "$not"]);
    return [name, name === "$not" ? condition(depth + 1) : list(roll, () => condition(depth + 1))];
  }

  /** A path, and what is asked of it. @returns {[string, any]} */
  function test(/** @type {number} */ depth) {
    const way = [];
    while (way.length < 3 && roll.below(3) === 0) way.push(roll.pick(["o", "o", "a", "s.0", "l.1", "n"]));
    const name = roll.pick(NAMES);
    const index = roll.below(5) === 0 && name !== "n" ? `.${roll.below(3)}` : "";
    // an element of `k` has an order, `k` itself has none
    const kind = index === "" ? name : name === "k" ? "n" : "a";
    return [[...way, name].join(".") + index, matcher(kind, depth)];
  }

  /** @returns {any} */
  function matcher(/** @type {string} */ kind, /** @type {number} */ depth) {
    return roll.below(4) === 0 ? equal(roll.below(3) ? kind : "n") : operators(kind, depth);
  }

  /** Something it may equal: what a customer has, its keys in another order, or something else. @returns {any} */
  function equal(/** @type {string} */ kind) {
    return (roll.below(2) ? reordered(roll.pick(customers)[kind]) : undefined) ?? value(roll, kind, 1);
  }

  /** @returns {any} */
  function reordered(/** @type {any} */ given) {
    if (Array.isArray(given)) return given.map(reordered);
    if (typeof given !== "object" || given === null) return given;
    return Object.fromEntries(roll.shuffled(Object.entries(given)).map(([key, value]) => [key, reordered(value)]));
  }

  function operators(/** @type {string} */ kind, /** @type {number} */ depth) {
    const names = new Set();
    for (let more = roll.below(3) ? 1 : 2; more > 0; more--) {
      const name = kind === "n" && roll.below(2) ? roll.pick(ORDER) : roll.pick(OTHERS);
      if (!SINGLE.includes(name) || SINGLE.every((other) => !names.has(other))) names.add(name);
    }
    return Object.fromEntries([...names].map((name) => [name, operand(name, kind, depth + 1)]));
  }

  /** @returns {any} */
  function operand(/** @type {string} */ name, /** @type {string} */ kind, /** @type {number} */ depth) {
    const element = kind === "k" ? "n" : "a";
    if (["$in", "$nin", "$all"].includes(name) && roll.below(12) === 0) return roll.pick(SCALARS);
    if (name === "$eq" || name === "$ne") return equal(kind);
    if (name === "$in" || name === "$nin") return list(roll, () => roll.pick(SCALARS));
    if (name === "$all") return list(roll, () => (depth < 4 ? matcher(element, depth) : roll.pick(SCALARS)));
    if (name === "$exists") return roll.below(2) === 0;
    if (name === "$type") return roll.pick(TYPES);
    if (name === "$not") return matcher(kind, depth);
    if (name === "$size") return roll.below(2) ? roll.below(4) : matcher("n", depth);
    if (name !== "$elemMatch") return roll.pick(ORDERED);
    if (depth > 3 || (kind !== "s" && roll.below(4))) return operators(element, depth);
    // a path makes it a condition on the element's fields; an empty one asks only that there be an element
    const fields = condition(depth);
    const joints = Object.keys(fields).length > 0 && Object.keys(fields).every((key) => key[0] === "$");
    return joints ? { ...fields, ...Object.fromEntries([test(depth)]) } : fields;
  }
}
