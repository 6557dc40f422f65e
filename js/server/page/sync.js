// A page and the server tell each other what they know of a customer.

import { changeWishes } from "../../ledger/wishes.js";
import { isObject } from "../../told/index.js";
import { keptFor } from "../offers/budget.js";
import { codesOf } from "../offers/codes.js";
import { withCodes } from "../offers/entitled.js";
import { ServerError } from "../errors.js";
import { wishOf } from "../facts/wishes.js";
import { shopOf } from "../shop.js";
import { plain } from "../facts/plain.js";
import { checked, joined, tellable } from "./records.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../account.js").Account} Account
 */

/**
 * @param {Context} context
 * @param {string} customer the id
 * @param {{ records?: unknown, wishes?: unknown }} [given]
 * @returns {Promise<import("../index.d.ts").Synced>}
 */
export async function sync(context, customer, given = {}) {
  const records = checked(context, given.records, "records");
  const change = checkedWishes(context, given.wishes, "wishes");
  return context.within(customer, (account) => {
    const put = joined(account, records, "records");
    const wished = wishIn(account, change);
    const { entitled } = account.decide({ nextAt: false }, { own: keptFor(account) });
    const byId = new Map([...account.records, ...put].map((record) => [record.id, record]));
    const { now, customer: known } = account;
    return {
      put,
      ...wished,
      result: {
        records: tellable([...byId.values()]),
        wishes: known.wishes ?? {},
        codes: { ...known.codes, ...codesOf(account.grants, now) },
        entitled: withCodes(account, entitled),
        shop: shopOf(context, account.live, now),
        now,
      },
    };
  });
}

/** @param {Context} context @param {unknown} given @param {string} path @returns {Record<string, any>} */
export function checkedWishes(context, given, path) {
  if (given == null) return {};
  if (!isObject(given)) throw new ServerError("wrong-type", path, "expected wishes, as an object");
  const wishes = plain(given, path);
  try {
    context.engine.customer({ wishes }).free();
  } catch (error) {
    throw ServerError.of(error, (own) => own.replace(/^customer\.wishes\b/, path));
  }
  return wishes;
}

/** The wish, kept with its time, and known to what is decided next. @param {Account} account @param {Record<string, any>} change */
export function wishIn(account, change) {
  const { wish, times } = wishOf(change, account.facts.times ?? {}, account.now, undefined, account.wishes);
  if (Object.keys(wish).length === 0) return {};
  account.wishes = changeWishes(account.wishes, wish);
  account.facts = { ...account.facts, times, customer: { ...account.facts.customer, id: account.id } };
  return { wish, facts: account.facts };
}
