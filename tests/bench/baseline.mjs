// Counts of instructions beside those of tests/bench/instructions.json.

/** So much above the baseline is allowed: a small change should not need a new baseline. */
const TOLERANCE = 0.02;
/** So much below it is allowed: what more is gained would not be guarded. */
const UNGUARDED = 0.1;
const WRITE = "`cargo xtask bench instructions --write` makes these counts the new baseline";

/**
 * Counts of the page's build and of Node's, by case.
 * @typedef {Record<string, Record<string, number>>} Counts
 */

/**
 * A table of both, and what to say about it. It fails if a count is above the baseline by more than the tolerance, or far
 * below it, or the cases differ.
 * @param {Counts} counts
 * @param {Counts} baseline
 */
export function compare(counts, baseline) {
  const builds = Object.keys(counts);
  const cases = [...new Set([counts, baseline].flatMap((all) => builds.flatMap((build) => Object.keys(all[build] ?? {}))))];
  /** @type {string[][]} */
  const [above, below, changed] = [[], [], []];
  let isFarBelow = false;
  const rows = cases.map((name) => {
    const cells = builds.flatMap((build) => {
      const [now, before] = [counts[build][name], baseline[build]?.[name]];
      const share = now / before;
      const what = `  ${build}: ${name}: ${now?.toLocaleString("en")} instructions, ${(100 * share).toFixed(1)} % of ${before?.toLocaleString("en")}`;
      if (!now || !before) changed.push(`  ${build}: ${name}`);
      else if (share > 1 + TOLERANCE) above.push(what);
      else if (share < 1 - TOLERANCE) {
        below.push(what);
        isFarBelow ||= share < 1 - UNGUARDED;
      }
      return [now?.toLocaleString("en") ?? "", now && before ? `${(100 * share).toFixed(1)} %` : ""];
    });
    return `| ${[name, ...cells].join(" | ")} |`;
  });
  const head = `| instructions | ${builds.map((build) => `${build} | of baseline`).join(" | ")} |`;
  const notes = [];
  if (below.length > 0) notes.push(`fewer instructions: lower the baseline, so that it guards what was gained\n${below.join("\n")}\n${WRITE}`);
  if (changed.length > 0) notes.push(`the cases are not those of the baseline:\n${changed.join("\n")}\n${WRITE}`);
  if (above.length > 0) {
    const most = `more instructions than the baseline and ${100 * TOLERANCE} %`;
    notes.push(`${most}:\n${above.join("\n")}\nif this is the price of something wanted, ${WRITE}`);
  }
  const table = [head, `|---|${"--:|".repeat(2 * builds.length)}`, ...rows].join("\n");
  return { table, notes, failed: isFarBelow || above.length + changed.length > 0 };
}
