// When the first task of a customer is due, and how many of their conversations wait: by that the shop's tasks are found without asking everybody.

import { waiting } from "../waits.js";

/**
 * What is kept beside a customer's facts, as it is now: when the first task is due, and how many of their conversations wait.
 * @param {import("../account.js").Account} account
 * @param {import("../../types.d.ts").Decision} decision
 * @returns {{ facts: any, count: Record<string, number>, isOther: boolean }}
 */
export function settled({ facts, id, now }, { tasks }) {
  const due = tasks && tasks.length > 0 ? Math.min(...tasks.map(({ dueAt }) => dueAt ?? 0)) : undefined;
  const waits = waiting(facts.customer, now);
  const by = waits - (facts.waits ?? 0);
  const { due: before, ...rest } = facts;
  return {
    facts: { ...rest, ...(due !== undefined && { due }), ...(waits > 0 || facts.waits !== undefined ? { waits } : {}), customer: { ...facts.customer, id } },
    /** @type {Record<string, number>} */
    count: by === 0 ? {} : { "live.unanswered": by },
    isOther: due !== before || by !== 0,
  };
}
