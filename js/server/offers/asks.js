// Which codes a decision asks for.

/** @typedef {{ offer: string, campaign: string, contact: string, occurrence: string, expiresAt?: number | null }} Ask */

/** @param {import("../../types.d.ts").Decision} decision @returns {Ask[]} */
export function asksOf({ refused }) {
  return (refused ?? []).flatMap(({ code, detail }) => {
    const issue = code === "not-issued" && /** @type {any} */ (detail)?.issue;
    return issue ? [issue] : [];
  });
}
