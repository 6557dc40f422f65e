// A person says what became of a code that was asked for once, and of which no answer was heard.

import { ServerError } from "../errors.js";
import { isWaiting } from "./grant.js";

/**
 * @param {import("../context.js").Context} context
 * @param {string} customer the id
 * @param {{ campaign: string, occurrence: string }} present
 * @param {import("../offers.d.ts").CodeIssued | null} answer null: none was made, and it may be asked for again
 */
export function settle(context, customer, { campaign, occurrence }, answer) {
  return context.within(customer, (account) => {
    const grant = account.grants.find((one) => one.campaign === campaign && one.occurrence === occurrence && isWaiting(one));
    if (!grant) throw new ServerError("not-entitled", "campaign", "no code of this customer waits for an answer here");
    const { begun, tries, ...fresh } = grant;
    if (answer === null) return { grants: [fresh], result: undefined };
    if (typeof answer?.code !== "string" || !answer.code.trim()) throw new ServerError("invalid-value", "code", "expected the code that the platform made, or null");
    const expiresAt = Math.min(answer.expiresAt ?? Infinity, grant.expiresAt ?? Infinity);
    return { grants: [{ ...fresh, state: "issued", code: answer.code.trim(), ...(expiresAt < Infinity && { expiresAt }) }], result: undefined };
  });
}
