import { load } from "/dist/index.js";
import { casesOf } from "/vectors/match.js";
import { decideDays } from "/vectors/story.js";
import { happened } from "./happened.js";

/**
 * One day of the story, as the engine decided it here.
 *
 * @typedef {object} Day
 * @property {string} date
 * @property {number} now
 * @property {any} decision
 * @property {any[]} ledger
 * @property {import("./happened.js").Happening[]} happenings
 * @property {boolean} notable whether something happened or was said
 */

/**
 * The contract's own story, decided anew: what the tests assert is what is seen here.
 *
 * @param {string} locale the reader's
 * @returns {Promise<{ days: Day[], zone: string, name: string }>}
 */
export async function story(locale) {
  const answer = await fetch("/vectors/a-year.json");
  if (!answer.ok) throw new Error(`there is no story at ${answer.url}: the server answers ${answer.status}`);
  const [{ policy, request, story }] = casesOf(await answer.json());
  const engine = await load(policy);
  const asked = { ...request, customer: { ...request.customer, locale } };
  /** @type {Day[]} */
  const days = [];
  let before;
  for (const moment of decideDays(story, asked, engine)) {
    const { date, now, decision, ledger } = moment;
    const happenings = happened(moment, before);
    days.push({ date, now, decision, ledger, happenings, notable: happenings.length > 0 || decision.contacts.length > 0 });
    before = moment;
  }
  engine.free();
  return { days, zone: request.zone, name: request.customer.givenName };
}
