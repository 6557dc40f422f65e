// `querencia explain`: what one decision says, or what many say together.

import { RequestError } from "../load/problems.js";
import { engineOf, instantOf, located, Misuse, nameOf, read, textOf } from "./input.js";
import { story } from "./story.js";
import { Tally } from "./tally.js";
import { brief, hintFor, lineOf } from "./position.js";
import { languageOf, wordsOf } from "./words.js";

/** @type {import("./index.js").Run} */
export async function run(words, terminal) {
  const { files, values } = read(words, ["policy.json", "request.json"], {
    now: { type: "string" },
    locale: { type: "string" },
    batch: { type: "boolean" },
  });
  const [policy, requests] = files;
  const now = instantOf(values.now);
  const language = languageOf(values.locale);
  if (!language) throw new Misuse(`--locale: \`${values.locale}\` is not there; write \`es\` or \`en\``);
  const text = await textOf(requests);
  if (isPolicy(text)) throw new Misuse(`${nameOf(requests)} is a policy; are the two files swapped? Give the policy first, then the request`);
  const checked = await engineOf(policy, now, terminal.err);
  if (!checked) return 1;
  const asked = { engine: checked.engine, words: wordsOf(language, checked.engine.shop), now };
  const code = values.batch ? tally(asked, requests, text, terminal) : one(asked, requests, text, terminal);
  checked.engine.free();
  return code;
}

/**
 * @typedef {{ engine: import("../index.d.ts").Engine, words: import("./words.js").Words, now: number | undefined }} Asked
 */

/** @param {Asked} asked @param {string} file @param {string} text @param {import("./index.js").Terminal} terminal */
function one({ engine, words, now }, file, text, { out, err }) {
  let request;
  try {
    request = JSON.parse(text);
  } catch (error) {
    const hint = /^[^\n]*\}\s*\n\s*\{/.test(text) ? "; for many requests, one a line, add --batch" : "";
    const at = lineOf(text, new Map(), "");
    err(`${nameOf(file)}${at ? `:${at}` : ""}: this is not JSON: ${brief(/** @type {Error} */ (error).message)}${hint || hintFor(text)}`);
    return 1;
  }
  const asked = at(request, now);
  try {
    for (const line of story(engine.decide(asked), asked, words)) out(line);
    return 0;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    err(`${nameOf(file)} is refused`);
    for (const line of located(file, text, error.problems)) err(line);
    return 1;
  }
}

/** @param {Asked} asked @param {string} file @param {string} text @param {import("./index.js").Terminal} terminal */
function tally({ engine, words, now }, file, text, { out, err }) {
  const tally = new Tally();
  let refused = 0;
  for (const [index, line] of text.split("\n").entries()) {
    if (!line.trim()) continue;
    try {
      tally.add(engine.decide(at(JSON.parse(line), now)));
    } catch (error) {
      if (!(error instanceof RequestError || error instanceof SyntaxError)) throw error;
      refused += 1;
      err(`${nameOf(file)}:${index + 1}: ${error.message}`);
    }
  }
  if (tally.requests === 0 && refused === 0) throw new Misuse(`${nameOf(file)} has no request; write one a line`);
  for (const line of tally.lines(words)) out(line);
  return refused === 0 ? 0 : 1;
}

/** @param {string} text of what should be a request */
function isPolicy(text) {
  try {
    return "campaigns" in JSON.parse(text);
  } catch {
    return false; // it is told later what it is
  }
}

/** A request at an instant: that of `--now`, else its own, else the clock's. @param {any} request @param {number | undefined} now */
function at(request, now) {
  if (Object(request) !== request || Array.isArray(request)) return request;
  return { ...request, now: now ?? request.now ?? Date.now(), explain: true };
}
