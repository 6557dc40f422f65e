// Whether this process stood still between noting that it is about to do something and doing it: stopped by a signal, swapped out, asleep with its
// machine. Then others have gone on: what it noted became a task, and a person may have said that nothing came of it.

/** So long, in milliseconds: far less than it takes until somebody sees the task. */
const STILL = 30_000;

/**
 * Begins to watch; what it gives tells whether it took too long since. A clock that never goes back may stop while the machine sleeps, and the
 * other may be set: either is enough.
 * @param {number} [still] milliseconds that are too long
 * @returns {() => boolean}
 */
export function watch(still = STILL) {
  const began = { steady: performance.now(), wall: Date.now() };
  return () => Math.max(performance.now() - began.steady, Date.now() - began.wall) > still;
}
