// The tests on another day: `LATER=3.5 NODE_OPTIONS="--import ./tests/later.js" node --test tests/e2e`, a number of days from today.
// A test that asks the real clock may hold on a Tuesday and fail on a Wednesday, or at night: `cargo xtask prove` tries a week of them.

/** The clock of a program or a page goes ahead. It is sent to pages as it stands. @param {number} days */
export function goAhead(days) {
  const { now } = Date;
  const ahead = () => now() + days * 86_400_000;
  Date.now = ahead;
  globalThis.Date = new Proxy(Date, {
    construct: (Real, words, target) => Reflect.construct(Real, words.length ? words : [ahead()], target),
    apply: (Real) => String(new Real(ahead())),
  });
}

export const later = Number(process.env.LATER ?? 0);
if (later) goAhead(later);
