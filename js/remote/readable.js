// What of a server's answer can be stored. It comes over the network: nothing in it is taken on trust.

import { STATES } from "../constants.js";
import { instant } from "../ledger/record.js";

/** More records than a customer has. */
const MOST = 5000;

/**
 * The records that a ledger can keep; undefined: it is no list.
 * @param {any} list
 * @returns {import("../types.d.ts").LedgerRecord[] | undefined}
 */
export function recordsIn(list) {
  if (!Array.isArray(list) || list.length > MOST) return undefined;
  return list.filter(isRecord);
}

/** @param {any} record */
function isRecord(record) {
  const { id, campaign, class: group, channel, state, at } = Object(record);
  return [id, campaign, group, channel].every((text) => typeof text === "string" && text !== "") && STATES.includes(state) && !Number.isNaN(instant(at));
}

/** @param {any} value @returns {value is Record<string, any>} */
export const isObject = (value) => Object(value) === value && !Array.isArray(value);
