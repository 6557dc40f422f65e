// An order uses a code of the server's own: once.

import { partOf } from "../../ledger/part.js";
import { ServerError } from "../errors.js";
import { readCode } from "./own.js";

/**
 * @param {import("../context.js").Context} context
 * @param {unknown} typed the code as the customer wrote it
 * @param {unknown} order the id
 * @param {{ client?: unknown, customer?: string }} [options]
 * @returns {Promise<import("../offers.d.ts").Redeemed>}
 */
export async function redeem({ store }, typed, order, { client, customer } = {}) {
  for (const [path, value] of Object.entries({ code: typed, order })) {
    const isText = typeof value === "string" && /\P{White_Space}/u.test(value);
    if (!isText) throw new ServerError(value == null ? "missing-field" : "invalid-value", path, "expected a text that is not blank");
  }
  if (client !== undefined && store.kind === "redis") throw new ServerError("not-allowed", "client", "a Redis takes no part in your transaction: the code stays used if the order fails. Leave `client` out, or keep the server's store in PostgreSQL");
  const id = String(order);
  const exact = String(typed).trim();
  const known = exact.length <= 256 ? (await store.granted(exact)) ?? (await store.granted(readCode(exact))) : undefined;
  if (!known) throw new ServerError("unknown-code", "code");
  const { part, grant: { offer, campaign, code = exact, expiresAt = Infinity } } = known;
  if (customer !== undefined && partOf({ id: customer }) !== part) throw new ServerError("not-theirs", "code");
  // An order that asks again after the code's end still has it.
  const before = await store.redeemed(code);
  if (!before && expiresAt <= (await store.now())) throw new ServerError("code-expired", "code");
  const use = before ?? (await store.redeem(code, id, client));
  if (use.order !== id) throw new ServerError("already-redeemed", "code");
  return { order: use.order, at: use.at, offer, campaign };
}
