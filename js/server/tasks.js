// What the shop's people should do: the tasks that decisions name, of all customers, and the contacts of which nobody knows what became.

import { SENT } from "./channels.js";
import { ServerError } from "./errors.js";
import { instantAt } from "./instant.js";
import { compare, cursorOf, placeOf } from "./tasks/cursor.js";
import { ofCodes, ofDecisions, ofOutcomes } from "./tasks/sources.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./index.d.ts").ShopTask} ShopTask
 * @typedef {import("./tasks/sources.js").Placed} Placed
 */

/** The kinds of tasks: those of the engine's decisions, and the server's own two. @type {ShopTask["kind"][]} */
export const KINDS = ["reply", "solve", "callback", "engage", "neglect", "outcome", "code"];
/** So many tasks are given at once, if nothing else is asked. */
const MOST = 100;
const LIMIT = 1000;

/**
 * The tasks that are due, the soonest first. A list that was cut off goes on after its last task, so none hides another.
 * @param {Context} context
 * @param {import("./index.d.ts").TasksOptions} [options]
 * @returns {Promise<ShopTask[]>}
 */
export async function tasks(context, { until, limit = MOST, after, kinds = KINDS } = {}) {
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT) throw new ServerError("out-of-range", "limit", `expected a whole number from 1 to ${LIMIT}`);
  if (!Array.isArray(kinds) || kinds.length === 0 || !kinds.every((kind) => KINDS.includes(kind))) {
    throw new ServerError("invalid-value", "kinds", `expected some of ${KINDS.map((kind) => `\`${kind}\``).join(", ")}`);
  }
  const place = after === undefined ? undefined : placeOf(after);
  const now = await context.store.now();
  const by = until === undefined ? now : instantAt(until, "until");
  const wanted = new Set(kinds);
  /** @type {import("./tasks/sources.js").Asked} */
  const asked = { until: by, after: place, limit, kinds: wanted };
  const sources = [
    ...(kinds.some((kind) => kind !== "outcome" && kind !== "code") ? [ofDecisions(context, asked)] : []),
    ...(wanted.has("code") ? [ofCodes(context, asked)] : []),
    ...(wanted.has("outcome") ? SENT.map((channel) => ofOutcomes(context, asked, channel)) : []),
  ];
  const found = [];
  for await (const { task, place } of merged(sources)) {
    found.push(/** @type {ShopTask} */ ({ ...task, cursor: cursorOf(place) }));
    if (found.length === limit) break;
  }
  return found;
}

/**
 * What several sources give, each in its order, as one list in that order.
 * @param {AsyncGenerator<Placed, void, void>[]} sources
 * @returns {AsyncGenerator<Placed, void, void>}
 */
async function* merged(sources) {
  const heads = await Promise.all(sources.map(async (source) => ({ source, head: await source.next() })));
  for (;;) {
    const [first] = heads.filter(({ head }) => !head.done).sort((a, b) => compare(/** @type {Placed} */ (a.head.value).place, /** @type {Placed} */ (b.head.value).place));
    if (!first) return;
    yield /** @type {Placed} */ (first.head.value);
    first.head = await first.source.next();
  }
}
