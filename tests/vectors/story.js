// A story: some time in a customer's life, decided day by day.

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
 * Decides once each day. Each contact counts as delivered on the days after it.
 * @param {Story} story
 * @param {any} request
 * @param {any} engine
 * @returns {Generator<{ date: string, now: number, day: Day, customer: any, decision: any, ledger: any[] }>} the ledger as it is after the day
 */
export function* decideDays({ from, to, at, days }, request, engine) {
  let customer = request.customer;
  /** @type {any[]} */
  let ledger = [];
  for (let now = Date.parse(`${from}T${at}Z`); now <= Date.parse(`${to}T${at}Z`); now += DAY) {
    const date = new Date(now).toISOString().slice(0, 10);
    const day = days[date] ?? {};
    customer = merged(customer, day.customer ?? {});
    const decision = engine.decide({ ...request, now, event: day.event, customer, ledger });
    ledger = [...ledger, ...decision.contacts.map(delivered)];
    yield { date, now, day, customer, decision, ledger };
  }
}

/**
 * The days as they were decided, to be compared with the story's: those on which a campaign speaks, and those the story lists.
 * @param {Story} story
 * @param {any} request
 * @param {any} engine
 */
export function daysOf(story, request, engine) {
  /** @type {Record<string, Day>} */
  const found = {};
  for (const { date, day, decision } of decideDays(story, request, engine)) {
    const { contacts, ghosts, standing } = decision;
    if (ghosts.length) throw new Error(`${date}: a contact is withheld, which no story expects`);
    const says = contacts.map((/** @type {any} */ { campaign }) => campaign);
    if (story.days[date] || says.length) {
      found[date] = { ...day, says: says.length ? says : undefined, phase: day.phase && standing.phase };
    }
  }
  return JSON.parse(JSON.stringify(found));
}

/** The ledger's record of a contact that was delivered. @param {any} contact */
function delivered({ message, why, expiresAt, ...contact }) {
  const fields = Object.entries({ ...contact, state: "delivered", variant: message.variant });
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}

/**
 * The customer with what becomes known: lists grow by id, any other field is replaced.
 * @param {any} customer
 * @param {any} patch
 */
function merged(customer, patch) {
  const next = { ...customer, ...patch };
  for (const [key, added] of Object.entries(patch)) {
    if (!Array.isArray(added)) continue;
    const list = (customer[key] ?? []).map((/** @type {any} */ known) => ({ ...known, ...added.find(({ id }) => id && id === known.id) }));
    next[key] = [...list, ...added.filter(({ id }) => !list.some((/** @type {any} */ known) => id && known.id === id))];
  }
  return next;
}
