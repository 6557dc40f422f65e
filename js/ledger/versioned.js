// Deciding over what somebody else keeps, when only comparing and replacing is possible there: read the state with its version, decide, and ask
// to store the change if the version is still the same. If it is not, the answer has the newest state, and it is decided anew.

/** So often it is decided anew. Each time somebody else has stored something, so of n who ask at once each is through after n times at most. */
const TRIES = 100;

/** The longest wait between two tries, in milliseconds. */
const LONGEST = 200;

/**
 * @template S, C, R
 * @typedef {object} Versioned
 * @property {() => Promise<S>} read the state as it is, with its version inside
 * @property {(state: S) => { change?: C, result: R }} decide synchronous; without `change` nothing is stored. What it throws ends it.
 * @property {(state: S, change: C, id: string) => Promise<{ ok: true } | { ok: false, state: S }>} write stores the change if the version is that of
 *   `state`. `id` is the same when the same change is sent again.
 * @property {number} [tries]
 * @property {(milliseconds: number) => Promise<unknown>} [wait]
 */

/**
 * @template S, C, R
 * @param {Versioned<S, C, R>} steps
 * @returns {Promise<R>} of the decision that was stored
 */
export async function versioned({ read, decide, write, tries = TRIES, wait = sleep }) {
  /** @type {any} */
  let state = await read();
  for (let tried = 1; ; tried += 1) {
    const { change, result } = decide(state);
    if (change === undefined) return result;
    const answer = await write(state, change, `${Math.random()}${Math.random()}`);
    if (answer.ok) return result;
    if (tried >= tries) throw busy(tries);
    state = answer.state;
    // Chance parts those who came at once. The first time is free: mostly there was one other.
    if (tried > 1) {
      await wait(Math.random() * Math.min(LONGEST, 2 ** Math.min(tried, 10)));
      state = await read();
    }
  }
}

/** @param {number} tries */
const busy = (tries) =>
  Object.assign(new Error(`somebody else stored something each of ${tries} times: ask again in a while`), { code: "busy" });

/** @param {number} milliseconds */
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
