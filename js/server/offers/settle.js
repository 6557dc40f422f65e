// A person says what became of a code that was asked for once, and of which no answer was heard.

import { ServerError } from "../errors.js";
import { answerOf } from "./codes.js";
import { isWaiting } from "./grant.js";

/**
 * @param {import("../context.js").Context} context
 * @param {string} customer the id
 * @param {{ campaign: string, occurrence: string }} present
 * @param {import("../offers.d.ts").CodeIssued | null} answer null: none was made, and it may be asked for again
 * @returns {Promise<undefined>}
 */
export async function settle(context, customer, { campaign, occurrence }, answer) {
  const told = answer === null ? undefined : answerOf(answer);
  try {
    return await context.within(customer, (account) => {
      const grant = account.grants.find((one) => one.campaign === campaign && one.occurrence === occurrence && isWaiting(one));
      if (!grant) throw new ServerError("not-entitled", "campaign", "no code of this customer waits for an answer here");
      const { begun, tries, ...fresh } = grant;
      if (!told) return { grants: [fresh], result: undefined };
      const expiresAt = Math.min(told.expiresAt ?? Infinity, grant.expiresAt ?? Infinity);
      return { grants: [{ ...fresh, state: "issued", code: told.code, ...(expiresAt < Infinity && { expiresAt }) }], result: undefined };
    });
  } catch (error) {
    if (/** @type {any} */ (error)?.code !== "taken") throw error;
    throw new ServerError("not-theirs", "code", "this code was given for another present; look up which one the platform made for this one");
  }
}
