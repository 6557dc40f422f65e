// Compares two identities of one person, merged by the package, with what is expected: the same in Node and in Chromium.

import { casesOf, check } from "./vectors/match.js";

/**
 * The cases of tests/identity.json.
 * @param {any} file
 */
export const identityCases = (file) => casesOf(file, ["identities", "united"]);

/**
 * Runs one case of tests/identity.json. Throws when the result is another, in either order or when it is merged again, or when the
 * package decides otherwise about it.
 * @param {any} given
 * @param {(one: any, other: any) => any} unite
 * @param {any} querencia
 */
export async function checkUnion({ request, identities, united, ...given }, unite, querencia) {
  const expected = text(united);
  const [one, other] = identities;
  const union = unite(one, other);
  const again = { union, turned: unite(other, one), "united with the first": unite(union, one), "with the second": unite(other, union) };
  for (const [how, found] of Object.entries(again)) {
    if (text(found) !== expected) throw new Error(`${how}: expected ${expected}, found ${text(found)}`);
  }
  await check({ ...given, request: { ...request, ...union } }, querencia);
}

/**
 * The value as text with its keys sorted, so that two values which differ in the order of their keys have one text.
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
