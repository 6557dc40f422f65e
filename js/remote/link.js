// The shop's server beside a page. The page decides at once on what it knows; what the server knows comes in when it comes, and is decided
// about then. A contact of a signed-in customer is shown once the server has armed it. While the server does not answer, the policy's
// `page.withoutServer` says what may be said, and what it should have heard is told with the next answer: what it lacks stands in the ledger.

import { dispatch } from "../dispatch.js";
import { canonical } from "../load/canonical.js";
import { mergeRecords } from "../ledger/record.js";
import { changeWishes } from "../ledger/wishes.js";
import { Away, ask, problemOf } from "./ask.js";
import { newsOf } from "./news.js";
import { Outbox } from "./outbox.js";

/**
 * @typedef {import("../types.d.ts").Contact} Contact
 * @typedef {import("../types.d.ts").Decision} Decision
 * @typedef {import("../types.d.ts").LedgerRecord} LedgerRecord
 * @typedef {import("../types.d.ts").Present} Present
 * @typedef {import("../shop/index.d.ts").Store} Store
 * @typedef {import("../shop/index.d.ts").Work<any>} AnyWork
 *
 * @typedef {object} Visit what the link asks of the visit
 * @property {string} part
 * @property {string | null | undefined} customer the id
 * @property {EventTarget | undefined} document
 * @property {() => void} soon decides again
 * @property {(customer: any) => void} check throws if the engine refuses something of the customer
 */

/** In so many milliseconds the server must have armed a contact: the reader waits. */
const ARMS = 1000;
/** And answered all else. */
const ANSWERS = 5000;
/** A server that did not answer is asked again after so many milliseconds, then after twice as many, and so on. */
const PAUSE = 5000;
const LONGEST_PAUSE = 300_000;
/** So many milliseconds what the server said is news, where something is decided. */
const STALE = 300_000;
/** So many records are sent at once, so often. */
const BATCH = 200;
const BATCHES = 10;

/** @param {import("../shop/index.d.ts").ServerOptions} options @param {Store} ledger @param {string} [name] of the store */
export const linked = (options, ledger, name) => new Link(options, ledger, name);

export class Link {
  /** The ledger, with an ear to what the server must know. @type {Store} */
  ledger;
  /** What the server said last. @type {import("./news.js").News | undefined} */
  news;
  /** Whether the server does not answer. */
  isAway = false;
  /** Whether the server has answered for this customer, so that it keeps what is wished. */
  keepsWishes = false;
  /** Why it is away, for who looks. @type {string | undefined} */
  why;
  #options;
  #own;
  #outbox;
  /** @type {Visit} */
  #visit = /** @type {any} */ (undefined);
  #ended = new AbortController();
  /** What the server has, by id. @type {Map<string, LedgerRecord> | undefined} */
  #has;
  /** @type {Set<string>} the ids of the guests' records, which are not the customer's */
  #guests = new Set();
  /** @type {Set<string>} the ids of what the server will never take */
  #refused = new Set();
  /** @type {Set<string>} what the server was told of contacts */
  #told = new Set();
  /** @type {Set<string>} the ids of what it has armed */
  #armed = new Set();
  /** @type {Map<string, any>} by contact, what it was decided on */
  #moments = new Map();
  /** @type {Promise<void> | undefined} */
  #syncing;
  #again = false;
  #pause = PAUSE;
  #syncedAt = Infinity;
  /** @type {any} */
  #timer;
  #warned = false;

  /** @param {import("../shop/index.d.ts").ServerOptions} options @param {Store} ledger @param {string} [name] */
  constructor(options, ledger, name) {
    this.#options = options;
    this.#own = ledger;
    this.#outbox = new Outbox(ledger, name);
    this.ledger = Object.create(ledger, { transact: { value: (/** @type {AnyWork} */ work, /** @type {string | undefined} */ part) => this.#transact(work, part) } });
  }

  /** @param {Visit} visit */
  start(visit) {
    this.#visit = visit;
    globalThis.addEventListener?.("online", () => void (this.isAway && this.sync()), this.#ended);
    this.sync();
  }

  close() {
    this.#ended.abort();
    clearTimeout(this.#timer);
  }

  /**
   * What was decided, on which moment: the server looks at the same.
   * @param {Decision} decision
   * @param {any} moment
   * @param {any} [cart] which only the page knows
   * @returns what the customer has: of a present that both know, what the server says
   */
  decided({ contacts, entitled }, { now, event, zone, placements, visit }, cart) {
    for (const { id } of contacts) this.#moments.set(id, { event, zone, placements, visit, cart });
    // A page that is never loaded anew must hear of what happened since, too.
    if (performance.now() > this.#syncedAt + STALE) void this.sync();
    const theirs = (this.news?.entitled ?? []).filter(({ until }) => !(until != null && until <= now));
    // An announcement is about its latest record, of which page and server may know different ones: of one campaign a customer has one present.
    const isTheirs = (/** @type {Present} */ one) => theirs.some(({ campaign, offer }) => campaign === one.campaign && offer === one.offer);
    return [...theirs, ...entitled.filter((one) => !isTheirs(one))];
  }

  /**
   * Asks the server whether a contact may be shown. False: it may not. Undefined: the server is away, or nobody has signed in.
   * @param {LedgerRecord} record
   * @returns {Promise<boolean | undefined>}
   */
  async arm(record) {
    if (this.isAway || !this.#visit.part) return undefined;
    if (this.#armed.has(record.id)) return true;
    try {
      const { status, answer } = await this.#ask("/arm", { contact: record, moment: this.#moments.get(record.id) }, ARMS);
      if (status === 200 && typeof answer.armed !== "boolean") throw new Away(`${this.#options.url}/arm: an answer without \`armed\``, status);
      if (answer.armed) this.#armed.add(record.id);
      else {
        const refused = answer.refused ?? { code: status === 200 ? "refused" : problemOf(answer) };
        dispatch(this.#visit.document, "refused", { contactId: record.id, campaign: record.campaign, refused });
        // It knows something that the page does not.
        void this.sync();
      }
      return !!answer.armed;
    } catch (error) {
      this.#lose(error);
      return undefined;
    }
  }

  /** Brings page and server to the same. One at a time; what is asked for meanwhile is done after. */
  sync() {
    this.#again = true;
    this.#syncing ??= (async () => {
      clearTimeout(this.#timer);
      try {
        while (this.#again && !this.#ended.signal.aborted) {
          this.#again = false;
          await this.#exchange();
        }
        this.#pause = PAUSE;
        this.#syncedAt = performance.now();
      } catch (error) {
        this.#again = false;
        this.#lose(error);
        if (!this.#ended.signal.aborted) this.#timer = setTimeout(() => this.sync(), this.#pause);
        this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
      } finally {
        this.#syncing = undefined;
      }
    })();
    return this.#syncing;
  }

  async #exchange() {
    const { part } = this.#visit;
    if (!part) return this.#take(await this.#checked("/shop"));
    let before = "";
    for (let batch = 0; batch < BATCHES; batch++) {
      const records = await this.#lacking();
      const wishes = await this.#outbox.change(part);
      // What it has not taken the first time it will not take now.
      const sent = canonical(/** @type {any} */ ([records.map(({ id, state, reaction }) => `${id} ${state} ${reaction}`), wishes ?? 0]));
      if (batch > 0 && ((records.length === 0 && !wishes) || sent === before)) return;
      before = sent;
      const { status, answer } = await this.#ask("/sync", { records, ...(wishes && { wishes }) }, ANSWERS, records.length === 0);
      if (status !== 200) {
        if (records.length === 0) throw new Away(`${this.#options.url}/sync: ${problemOf(answer)}`, status);
        console.warn(`querencia: ${this.#options.url}/sync does not take what this page has said: ${problemOf(answer)}`);
        for (const { id } of records) this.#refused.add(id);
        continue;
      }
      await this.#take(answer);
      this.#outbox.sent(part, wishes);
      this.keepsWishes = true;
    }
  }

  /** @param {string} path */
  async #checked(path) {
    const { status, answer } = await this.#ask(path, undefined, ANSWERS);
    if (status !== 200) throw new Away(`${this.#options.url}${path}: ${problemOf(answer)}`, status);
    return answer;
  }

  /** What the server lacks of the customer's records, the latest first. @returns {Promise<LedgerRecord[]>} */
  async #lacking() {
    const has = this.#has;
    if (!has) return [];
    const isNews = (/** @type {LedgerRecord} */ record) => {
      const known = has.get(record.id);
      if (this.#refused.has(record.id) || this.#guests.has(record.id)) return false;
      // A page speaks for itself alone, and of what was said: of a letter that waits it knows nothing, least of all with a clock that is wrong.
      if (record.channel !== "onsite" || /^(reserved|released)$/.test(record.state)) return false;
      return !known || !isSame(mergeRecords(known, record), known);
    };
    const { part } = this.#visit;
    const read = (/** @type {string} */ of) => this.#own.transact((records) => ({ put: [], result: records.filter(isNews) }), of);
    if ((await read(part)).length > 0) {
      for (const { id } of await read("")) this.#guests.add(id);
    }
    const all = await read(part);
    return all.slice(-BATCH);
  }

  /** Takes what the server says. @param {any} answer */
  async #take(answer) {
    const { part, check, soon } = this.#visit;
    const news = newsOf(answer, !!part);
    try {
      if (!news) throw 0;
      check({ ...(news.wishes && { wishes: news.wishes }), ...(news.codes && { codes: news.codes }) });
    } catch {
      throw new Away(`${this.#options.url}: an answer that nobody can read`, 200);
    }
    const { records = [], ...rest } = news;
    if (part) this.#has = new Map(records.map((record) => [record.id, record]));
    const isChanged = records.length > 0 && (await this.#keep(records));
    const isNew = canonical(/** @type {any} */ (rest)) !== canonical(/** @type {any} */ (this.news ?? {}));
    if (isNew) this.news = rest;
    const wasAway = this.isAway;
    this.isAway = false;
    this.why = undefined;
    if ((isChanged || isNew || wasAway) && !this.#ended.signal.aborted) soon();
  }

  /** Keeps the server's records beside the page's own. @param {LedgerRecord[]} theirs @returns {Promise<boolean>} whether one was news */
  #keep(theirs) {
    return this.#own.transact((records) => {
      const byId = new Map(records.map((record) => [record.id, record]));
      const put = theirs.filter((one) => {
        const own = byId.get(one.id);
        // The server's own reservation for a page: the page decides the same itself, and the server arms one of the two.
        if (!own && one.state === "reserved" && one.channel === "onsite") return false;
        return !own || !isSame(mergeRecords(own, one), own);
      });
      return { put, result: put.length > 0 };
    }, this.#visit.part);
  }

  /** A transaction of the page. @param {AnyWork} work @param {string} [part] */
  async #transact(work, part) {
    /** @type {ReturnType<AnyWork> | undefined} */
    let done;
    /** @type {any} */
    let own;
    const result = await this.#own.transact((records, wishes, ...more) => {
      own = wishes;
      return (done = work(records, wishes, ...more));
    }, part);
    if (part && this.#visit && part === this.#visit.part && done) this.#hear(done, own);
    return result;
  }

  /** @param {ReturnType<AnyWork>} done @param {any} own the wishes before */
  #hear({ put, wish }, own) {
    for (const { id, state, reaction } of put) {
      const outcome = reaction ?? (state === "delivered" ? state : undefined);
      const text = `${id} ${outcome}`;
      if (!outcome || this.#told.has(text)) continue;
      this.#told.add(text);
      // What the server does not hear now it lacks, and is told with the next sync.
      if (!this.isAway) this.#ask("/outcome", { contact: id, outcome }, ANSWERS, true).catch(() => {});
    }
    if (!wish) return;
    this.#outbox.add(this.#visit.part, wish, changeWishes(own ?? {}, wish));
    void this.sync();
  }

  /**
   * @param {string} path
   * @param {object | undefined} body
   * @param {number} patience
   * @param {boolean} [keepalive]
   */
  async #ask(path, body, patience, keepalive) {
    const { url, token } = this.#options;
    const { part, customer } = this.#visit;
    const given = part ? (typeof token === "function" ? await token() : token) : undefined;
    if (part && !given) throw new Away(`${url}: a customer without a token`, 401);
    const { sub } = payloadOf(given);
    if (part && sub !== undefined && sub !== customer) throw new Away(`${url}: the token is another customer's`, 401);
    return ask(url, path, { token: given, body, patience: Math.min(patience, this.#options.patience ?? patience), keepalive, signal: this.#ended.signal });
  }

  /** @param {any} error */
  #lose(error) {
    if (this.#ended.signal.aborted) return;
    const wasAway = this.isAway;
    this.isAway = true;
    this.keepsWishes = false;
    this.why = error?.message;
    if (!this.#warned) console.warn(`querencia: ${error?.message}; until the shop's server answers, \`page.withoutServer\` says what is said`);
    this.#warned = true;
    if (wasAway) return;
    this.#visit.soon();
    // arm() has found it, and no sync is under way
    if (!this.#syncing) this.#timer = setTimeout(() => this.sync(), this.#pause);
  }
}

/** @param {LedgerRecord} one @param {LedgerRecord} other */
const isSame = (one, other) => canonical(/** @type {any} */ (one)) === canonical(/** @type {any} */ (other));

/**
 * What a token says of itself, if it is a JSON Web Token. Only the server can prove it.
 * @param {string | null | undefined} token
 * @returns {{ sub?: string }}
 */
function payloadOf(token) {
  try {
    const text = atob((token ?? "").split(".")[1].replaceAll("-", "+").replaceAll("_", "/"));
    return Object(JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))));
  } catch {
    return {};
  }
}
