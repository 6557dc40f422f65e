// What many decisions say together: of each campaign how often it speaks, and which codes hold it back.

/** @typedef {{ count: number, gate: string, dated: number, campaigns: Set<string> }} Reason */

export class Tally {
  requests = 0;
  /** How many of them had something to say. */
  speaking = 0;
  /** @type {Map<string, { shown: number, heldOut: number, codes: Map<string, number> }>} */
  #campaigns = new Map();
  /** @type {Map<string, Reason>} */
  #codes = new Map();

  /** @param {import("../types.d.ts").Decision} decision */
  add({ contacts, ghosts, refused }) {
    this.requests += 1;
    if (contacts.length > 0) this.speaking += 1;
    for (const { campaign } of contacts) this.#campaign(campaign).shown += 1;
    for (const { campaign } of ghosts) this.#campaign(campaign).heldOut += 1;
    for (const { campaign, gate, code, retryAt } of refused) {
      const { codes } = this.#campaign(campaign);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      let reason = this.#codes.get(code);
      if (!reason) this.#codes.set(code, (reason = { count: 0, gate, dated: 0, campaigns: new Set() }));
      reason.count += 1;
      if (retryAt !== null) reason.dated += 1;
      reason.campaigns.add(campaign);
    }
  }

  /** @param {string} id */
  #campaign(id) {
    let campaign = this.#campaigns.get(id);
    if (!campaign) this.#campaigns.set(id, (campaign = { shown: 0, heldOut: 0, codes: new Map() }));
    return campaign;
  }

  /** @param {import("./words.js").Words} words */
  *lines({ say, count, means }) {
    yield `${say("requests")}: ${count(this.requests)}. ${say("speaking")}: ${count(this.speaking)}.`;
    yield "";
    const codes = [...this.#codes].sort(([, a], [, b]) => b.count - a.count);
    yield* table(
      [say("gate"), say("code"), say("refusals"), say("campaigns"), say("dated")],
      codes.map(([code, { gate, count: times, campaigns, dated }]) => [gate, code, count(times), count(campaigns.size), count(dated)]),
    );
    yield "";
    for (const [code] of codes) yield `${code}: ${means(code)}`;
    yield "";
    yield* table(
      [say("campaign"), say("shownOften"), say("heldOut"), say("refusals"), say("mostly")],
      [...this.#campaigns].map(([id, { shown, heldOut, codes }]) => {
        const sorted = [...codes].sort(([, a], [, b]) => b - a);
        const all = sorted.reduce((sum, [, times]) => sum + times, 0);
        return [id, count(shown), count(heldOut), count(all), sorted.map(([code, times]) => `${code} ${count(times)}`).join(", ")];
      }),
    );
  }
}

/** Columns under their heads; what begins with a digit stands at the right. @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const widths = head.map((name, column) => Math.max(...[head, ...rows].map((row) => [...row[column]].length)));
  const isFigure = head.map((_, column) => rows.length > 0 && rows.every((row) => /^\d[\d.,\u00a0\u202f]*$/.test(row[column])));
  return [head, ...rows].map((row) =>
    row.map((cell, column) => (isFigure[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  ").trimEnd(),
  );
}
