// How a vector of identities is compared with what the package answers: the same in Node and in Chromium.

import { check } from "./vectors/match.js";

/**
 * Runs one case of tests/identity.json; throws when the union is another, in either order or when it is united again, or when
 * the package decides otherwise of it.
 * @param {any} file
 * @param {any} given
 * @param {(one: any, other: any) => any} unite
 * @param {any} querencia
 */
export async function checkUnion({ policies, zones }, { policy, request, identities, united, ...outcome }, unite, querencia) {
  const expected = text(united);
  const [one, other] = identities;
  const union = unite(one, other);
  const again = { union, turned: unite(other, one), "united with the first": unite(union, one), "with the second": unite(other, union) };
  for (const [how, found] of Object.entries(again)) {
    if (text(found) !== expected) throw new Error(`${how}: expected ${expected}, found ${text(found)}`);
  }
  await check({ ...outcome, policy: policies[policy], request: { ...request, zones, ...union } }, querencia);
}

/**
 * The same for values that differ in the order of their keys only.
 * @param {any} value
 * @returns {string}
 */
function text(value) {
  return JSON.stringify(value, (_, part) =>
    Object(part) === part && !Array.isArray(part)
      ? Object.fromEntries(Object.keys(part).sort().map((key) => [key, part[key]]))
      : part,
  );
}
