// A story: some time of a customer's life, replayed day by day.

/**
 * @typedef {object} Day
 * @property {object} [customer] what becomes known that day: lists grow by id, the rest is replaced
 * @property {object} [event]
 * @property {string[]} [says] the campaigns that speak, in order; absent: none
 * @property {string} [phase] the phase of that day
 *
 * @typedef {object} Story
 * @property {string} from the first date
 * @property {string} to the last
 * @property {string} at the time of day in UTC, as `10:00`
 * @property {Record<string, Day>} days by date
 */

const DAY = 86_400_000;

/**
 * Decides once each day, with what was said before delivered.
 * @param {Story} story
 * @param {any} request
 * @param {any} engine
 * @returns {Generator<{ date: string, now: number, day: Day, customer: any, decision: any, ledger: any[] }>} the ledger as it is after the day
 */
export function* lived({ from, to, at, days }, request, engine) {
  let customer = request.customer;
  /** @type {any[]} */
  let ledger = [];
  for (let now = Date.parse(`${from}T${at}Z`); now <= Date.parse(`${to}T${at}Z`); now += DAY) {
    const date = new Date(now).toISOString().slice(0, 10);
    const day = days[date] ?? {};
    customer = grown(customer, day.customer ?? {});
    const decision = engine.decide({ ...request, now, event: day.event, customer, ledger });
    ledger = [...ledger, ...decision.contacts.map(delivered)];
    yield { date, now, day, customer, decision, ledger };
  }
}

/**
 * What a story was found to be: a day on which somebody speaks appears, as do those it tells of.
 * @param {Story} story
 * @param {any} request
 * @param {any} engine
 */
export function replay(story, request, engine) {
  /** @type {Record<string, Day>} */
  const found = {};
  for (const { date, day, decision } of lived(story, request, engine)) {
    const { contacts, ghosts, standing } = decision;
    if (ghosts.length) throw new Error(`${date}: nobody is withheld in a story`);
    const says = contacts.map((/** @type {any} */ { campaign }) => campaign);
    if (story.days[date] || says.length) {
      found[date] = { ...day, says: says.length ? says : undefined, phase: day.phase && standing.phase };
    }
  }
  return JSON.parse(JSON.stringify(found));
}

/** @param {any} contact */
function delivered({ message, why, expiresAt, ...contact }) {
  const said = Object.entries({ ...contact, state: "delivered", variant: message.variant });
  return Object.fromEntries(said.filter(([, value]) => value !== null));
}

/**
 * @param {any} customer
 * @param {any} patch
 */
function grown(customer, patch) {
  const next = { ...customer, ...patch };
  for (const [key, news] of Object.entries(patch)) {
    if (!Array.isArray(news)) continue;
    const list = (customer[key] ?? []).map((/** @type {any} */ known) => ({ ...known, ...news.find(({ id }) => id && id === known.id) }));
    next[key] = [...list, ...news.filter(({ id }) => !list.some((/** @type {any} */ known) => id && known.id === id))];
  }
  return next;
}
