// The facts that a page saw are kept, and known on the next page, where the shopper allows it. What does so is downloaded only there.

import { partOf } from "../ledger/part.js";
import { present, told } from "../told/index.js";

/**
 * The options of a visit with what earlier pages saw.
 * @param {import("./index.d.ts").Options} options
 * @param {import("./index.d.ts").Store} store
 * @param {import("../index.d.ts").Engine} engine
 * @returns {Promise<any>}
 */
export async function withFacts(options, store, engine) {
  const { facts: answer, clock = Date.now } = /** @type {any} */ (options);
  const shelf = /** @type {any} */ (store);
  if (answer == null || !shelf.facts) return options;
  const load = () => import("../facts/index.js");
  const part = partOf(present(told(options.customer)));
  const forget = () => load().then(({ forget }) => forget(shelf, part));
  /** @returns {boolean | undefined} undefined: it is not known yet */
  const isAllowed = () => (typeof answer === "function" ? answer() : answer);
  /** @type {any[][]} what was told before the shopper has answered */
  const pending = [];
  const facts = {
    /** @param {import("./remember.js").Event} event @param {Partial<import("../types.d.ts").Customer>} patch */
    async keep(event, patch) {
      const answer = isAllowed();
      if (answer === undefined && pending.length < 20) pending.push([event, patch, clock()]);
      if (answer) await (await load()).keep(shelf, part, event, patch, clock(), facts);
    },
  };
  const changed = async () => {
    const answer = isAllowed();
    if (answer === false) pending.length = 0;
    if (answer === false) await forget();
    for (const [event, patch, now] of answer ? pending.splice(0) : []) await (await load()).keep(shelf, part, event, patch, now, facts);
  };
  try {
    answer.onChange?.(() => changed().catch(() => {}));
    if (isAllowed()) return { ...(await (await load()).seenBy(options, shelf, engine, facts)), facts };
    if (isAllowed() === false && localStorage["querencia-facts"]) await forget();
  } catch {
    // A file that is not there, or a store that fails: then nothing was seen.
  }
  return { ...options, facts };
}
