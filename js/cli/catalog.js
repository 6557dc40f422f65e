// The catalogue of `querencia serve`: a file that is read whole, and tried with the policy, before it counts.

import { load } from "../load/index.js";
import { located, nameOf, textOf } from "./input.js";

/**
 * @param {string} file
 * @param {string} policy its text
 * @param {(line: string) => void} tell what is wrong with it
 * @returns {Promise<import("../types.d.ts").Catalog | undefined>} undefined: it is refused
 */
export async function catalogOf(file, policy, tell) {
  const text = await textOf(file);
  const engine = await load(policy);
  try {
    const catalog = JSON.parse(text);
    engine.decide({ now: Date.now(), catalog });
    return catalog;
  } catch (error) {
    const problems = problemsOf(error);
    tell(`${nameOf(file)} is refused: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`);
    for (const line of located(file, text, problems)) tell(line);
    return undefined;
  } finally {
    engine.free();
  }
}

/** @param {any} error */
function problemsOf(error) {
  if (error instanceof SyntaxError) return [{ code: "not-json", path: "", message: error.message }];
  if (!Array.isArray(error?.problems)) throw error;
  return error.problems.map((/** @type {any} */ { path, ...problem }) => ({ ...problem, path: path.replace(/^catalog\.?/, "") }));
}
