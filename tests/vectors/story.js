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
 * Decides once each day, with what was said before delivered. A day on which somebody speaks appears, as do those of the story.
 * @param {Story} story
 * @param {any} request
 * @param {any} engine
 */
export function replay({ from, to, at, days }, request, engine) {
  /** @type {any} */
  let customer = request.customer;
  /** @type {any[]} */
  const ledger = [];
  /** @type {Record<string, Day>} */
  const found = {};
  for (let now = Date.parse(`${from}T${at}Z`); now <= Date.parse(`${to}T${at}Z`); now += DAY) {
    const date = new Date(now).toISOString().slice(0, 10);
    const day = days[date] ?? {};
    customer = grown(customer, day.customer ?? {});
    const { contacts, ghosts, standing } = engine.decide({ ...request, now, event: day.event, customer, ledger });
    if (ghosts.length) throw new Error(`${date}: nobody is withheld in a story`);
    for (const { message, why, expiresAt, ...contact } of contacts) {
      const said = Object.entries({ ...contact, state: "delivered", variant: message.variant });
      ledger.push(Object.fromEntries(said.filter(([, value]) => value !== null)));
    }
    const says = contacts.map((/** @type {any} */ { campaign }) => campaign);
    if (days[date] || says.length) {
      found[date] = { ...day, says: says.length ? says : undefined, phase: day.phase && standing.phase };
    }
  }
  return JSON.parse(JSON.stringify(found));
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
