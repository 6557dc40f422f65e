// Timers of any length: one that is longer than a runtime can hold would end at once.

/** The longest timer, in milliseconds: almost 25 days. */
export const LONGEST = 0x7fffffff;

/**
 * @param {() => void} work
 * @param {number} ms `Infinity`: as late as a timer can
 */
export const timer = (work, ms) => setTimeout(work, Math.min(ms, LONGEST));
