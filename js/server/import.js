// Mails and other contacts that were made without the server, as records in the ledgers of their customers, so that it does not begin as if nobody
// had ever been spoken to.

import { SKEW } from "../constants.js";
import { partOf } from "../ledger/part.js";
import { instant } from "../ledger/record.js";
import { isObject } from "../told/index.js";
import { idOf } from "./context.js";
import { ServerError } from "./errors.js";
import { instantAt } from "./instant.js";
import { didYouMean, listed } from "./similar.js";
import { tell } from "./tell.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("./data.d.ts").PastContact} PastContact
 * @typedef {import("./data.d.ts").Imported} Imported
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {{ record: LedgerRecord, row: number }} Row
 */

/** So many rows are read before they are sorted by customer and stored. */
const CHUNK = 1000;
const PROBLEMS = 100;
const DAY = 86_400_000;

/** The class of a campaign that says none, has no offer and suggests nothing; a kind that is not here is promotional. */
export const CLASSES = new Map([
  ...["apology", "helpPrompt", "notFound", "thankYou"].map((kind) => /** @type {const} */ ([kind, "service"])),
  ...["birthday", "community", "content", "howTo", "milestone", "preferenceQuestion", "referral", "review", "surprise", "survey", "topActivity"].map(
    (kind) => /** @type {const} */ ([kind, "relational"]),
  ),
]);

const FIELDS = ["customer", "campaign", "at", "id", "occurrence", "channel", "class", "offer", "state", "reaction"];

/**
 * @param {Context} context
 * @param {Iterable<PastContact> | AsyncIterable<PastContact>} rows
 * @param {import("./data.d.ts").ImportOptions} [options]
 * @returns {Promise<Imported>}
 */
export async function importInto(context, rows, { concurrency = 4, onProgress } = {}) {
  /** @type {Imported} */
  const report = { rows: 0, added: 0, known: 0, refused: 0, problems: [] };
  const now = await context.store.now();
  const refuse = (/** @type {number} */ row, /** @type {unknown} */ error) => {
    const { problems } = /** @type {any} */ (error);
    if (!Array.isArray(problems)) throw error;
    report.refused++;
    for (const { code, path, message } of problems) if (report.problems.length < PROBLEMS) report.problems.push({ code, path: path ? `[${row}].${path}` : `[${row}]`, message });
  };
  /** @type {Map<string, Row[]>} */
  let customers = new Map();
  const store = async () => {
    const all = [...customers];
    customers = new Map();
    const worker = async () => {
      for (let next; (next = all.pop()); ) await keep(context, ...next, report);
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    tell(onProgress, { ...report, problems: [...report.problems] });
  };
  for await (const given of rows) {
    const row = report.rows++;
    try {
      const { customer, record } = recordOf(context, given, now);
      customers.set(customer, [...(customers.get(customer) ?? []), { record, row }]);
    } catch (error) {
      refuse(row, error);
    }
    if (report.rows % CHUNK === 0) await store();
  }
  await store();
  return report;
}

/**
 * @param {Context} context
 * @param {unknown} given
 * @param {number} now
 * @returns {{ customer: string, record: LedgerRecord }}
 */
function recordOf({ engine, policy }, given, now) {
  if (!isObject(given)) throw new ServerError("wrong-type", "", "expected a contact, as `{ \"customer\": \"ana\", \"campaign\": \"thanks\", \"at\": \"2026-03-01T10:00:00Z\" }`");
  const unknown = Object.keys(/** @type {object} */ (given)).find((field) => !FIELDS.includes(field));
  if (unknown) throw new ServerError("unknown-field", unknown, `no such field${didYouMean(unknown, FIELDS)}; expected some of ${listed(FIELDS)}`);
  const { customer: who, ...row } = /** @type {PastContact & { id?: string }} */ (given);
  const customer = idOf(who);
  for (const field of /** @type {const} */ (["campaign", "at"])) if (row[field] == null) throw new ServerError("missing-field", field);
  const known = policy.campaigns.find(({ id }) => id === row.campaign);
  if (!known && row.channel == null) throw new ServerError("missing-field", "channel", "the policy has no such campaign, so the channel must be said");
  const { state = "delivered" } = row;
  if (state !== "delivered" && state !== "failed") throw new ServerError("invalid-value", "state", "expected `delivered` or `failed`");
  const at = instantAt(row.at, "at");
  if (at > now + SKEW) throw new ServerError("out-of-range", "at", "it is still to come; only what was sent can be imported");
  const offer = row.offer ?? /** @type {any} */ (known)?.offer;
  const record = /** @type {LedgerRecord} */ (
    Object.fromEntries(
      Object.entries({
        ...row,
        at,
        // The same row again is the same record.
        id: row.id ?? partOf({ id: JSON.stringify(["import", customer, row.campaign, row.occurrence ?? null, at]) }),
        channel: row.channel ?? known?.channel,
        class: row.class ?? classOf(known, offer),
        offer,
        state,
      }).filter(([, value]) => value != null),
    )
  );
  try {
    engine.customer({ id: customer }, [record]).free();
  } catch (error) {
    throw ServerError.of(error, (path) => path.replace(/^ledger\[0\]\.?/, ""));
  }
  return { customer, record };
}

/** @param {any} campaign @param {string | null | undefined} offer */
function classOf(campaign, offer) {
  if (!campaign || offer || campaign.suggest) return "promotional";
  return campaign.class ?? CLASSES.get(campaign.kind) ?? "promotional";
}

/**
 * @param {Context} context
 * @param {string} customer
 * @param {Row[]} rows
 * @param {Imported} report
 */
async function keep({ store }, customer, rows, report) {
  // Not as a decision does it: what was said a year ago is none of today's contacts.
  const { added, known } = await store.transact((records, wishes, guests, seen, { facts }) => {
    /** @type {Map<string, LedgerRecord>} */
    const all = new Map(records.map((record) => [record.id, record]));
    const put = [];
    for (const { record } of rows) {
      const same = all.get(record.id) ?? [...all.values()].find((one) => isSame(one, record));
      if (same && same.state !== "reserved" && same.state !== "released") continue;
      put.push(record);
      all.set(record.id, record);
    }
    const told = { ...facts, customer: { ...facts?.customer, id: customer } };
    return { put, ...(put.length > 0 && facts?.customer?.id === undefined && { facts: told }), result: { added: put.length, known: rows.length - put.length } };
  }, partOf({ id: customer }));
  report.added += added;
  report.known += known;
}

/** Whether the server has the same contact under an id of its own. @param {LedgerRecord} known @param {LedgerRecord} record */
function isSame(known, record) {
  const isSaid = known.state === "armed" || known.state === "delivered" || known.state === "failed";
  return isSaid && record.occurrence != null && known.campaign === record.campaign && known.occurrence === record.occurrence && Math.abs(instant(known.at) - instant(record.at)) < DAY;
}
