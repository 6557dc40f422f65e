// What a page downloads when something may be said on it, and its policy was published: the visit, the element, the ledger, and an engine
// that reads compiled policies alone.

import { keyOf as keyAt } from "../ledger/kept.js";
import { instant } from "../ledger/record.js";
import { unsealed } from "../load/sealed.js";
import { Session } from "../shop/session.js";
import { digestOf } from "./digest.js";
import { parse } from "./heard.js";
import { keptFor } from "./kept.js";
import { run } from "./tag.js";

// What spares the next pages comes too, so that they find it in the cache.
const spared = import("./question.js").catch(() => undefined);

/** How long after a decision its message has been shown and stored. */
const REST = 1000;

/**
 * @param {import("./tag.js").Job} job
 * @returns {Promise<string | void>} why the whole build must be loaded
 */
export async function start(job) {
  // The database is opened while the engine is on its way.
  job.kept = keptFor(job.settings);
  job.kept.catch(() => {});
  /** @type {any} */
  let engine;
  try {
    engine = await engineOf(job);
  } catch (error) {
    // The engine throws nothing at all where it cannot read a policy.
    const message = /** @type {Error | null} */ (error)?.message ?? `${job.url}: the engine cannot read the policy; publish it again`;
    if (!/CSP|unsafe-eval/.test(message)) return message;
    // The whole build would be blocked too.
    console.warn("querencia: the page's Content-Security-Policy blocks WebAssembly: add 'wasm-unsafe-eval' to its script-src");
    return;
  }
  let isFirst = true;
  await run(job, async (options) => {
    const tell = (/** @type {any} */ error) => explained(error, job.projection);
    /** @type {Session} */
    let session;
    // Whoever signs in later has another visit over the same ledger. What it asks is no question of the page as it was loaded.
    const isWatched = isFirst;
    isFirst = false;
    /** @type {string[]} the names of the events of this page */
    const heard = [];
    const { platform } = options;
    options.platform = platform && {
      ...platform,
      start: (/** @type {any} */ emit, /** @type {any} */ shop) => platform.start((/** @type {string} */ name, /** @type {any} */ data) => (heard.push(name), emit(name, data)), shop),
    };
    // A server may have news that no question tells.
    const own = isWatched && !options.server ? watched(job, await spared, options, heard, options.ledger, () => session) : options.ledger;
    // Few pages ask whether what they see may be kept.
    const known = options.facts ? await (await import("../shop/facts.js")).withFacts(options, own, engine) : options;
    try {
      // Both are for the visits to come, too: the end of one does not end them.
      return (session = new Session({ ...known, policy: engine, ledger: own }, engine, own, tell)).start();
    } catch (error) {
      throw await tell(error);
    }
  });
}

/** @param {import("./tag.js").Job} job */
async function engineOf({ policy, wasm, index: { policy: whole, seal, engine: [build] = ["page"] }, url }) {
  const missing = seal.features?.find((/** @type {string} */ feature) => !BUILT[build]?.includes(feature));
  if (missing) throw new Error(`${url} needs \`${missing}\`, which the engine \`${build}\` has not: the whole build was loaded`);
  const engine = await /** @type {Promise<Response>} */ (wasm).catch(() => {
    throw new Error("the engine is missing, was changed, or is not in connect-src of the Content-Security-Policy: copy dist/ whole");
  });
  const answer = await /** @type {Promise<Response>} */ (policy);
  if (!answer.ok) throw new Error(`${answer.url} is not there (${answer.status}): copy the published folder whole`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const end = bytes.indexOf(10);
  let head;
  try {
    head = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    // of all that stands behind the seal, which is flat
    const digest = await digestOf(bytes.subarray(bytes.indexOf(125) + 2));
    const isSame = !digest || digest === head.seal.sha256;
    if (!isSame || head.seal.policy !== whole || head.seal.format !== seal.format) throw 0;
  } catch {
    throw new Error(`${answer.url} was changed, or is of another release than ${url}: publish again, and copy the folder whole`);
  }
  return unsealed(await compiled(engine), head, bytes.subarray(end + 1));
}

/** @param {Response} response */
async function compiled(response) {
  const type = response.headers.get("content-type");
  // compileStreaming accepts no other type
  if (type === "application/wasm") return WebAssembly.compileStreaming(response);
  console.warn(`querencia: ${response.url} comes as \`${type}\`: let the server send \`application/wasm\``);
  return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * The error with sentences, from the full build.
 * @param {any} error
 * @param {string} [projection]
 */
async function explained(error, projection) {
  if (!error.request) return error;
  try {
    const [{ problemsOf }, answer] = await Promise.all([import("../load/full.js"), fetch(/** @type {string} */ (projection))]);
    const told = await problemsOf(await answer.json(), error.request);
    for (const problem of error.problems) {
      problem.message = told.find(({ code, path }) => code === problem.code && path === problem.path)?.message;
    }
  } catch {
    // its code and its path are told
  }
  return error;
}

/** More kinds of page than a shop has. */
const MOST_PAGES = 8;

/**
 * The ledger, and a watch over what is decided with it: once the page is at rest, it keeps until when the same question has the same
 * answer. What was said here changes what other pages say, so they are asked about too, as long as the engine is there.
 * @param {import("./tag.js").Job} job
 * @param {typeof import("./question.js") | undefined} spared
 * @param {{ ledgerRecords?: any, clock: () => number }} options
 * @param {string[]} heard
 * @param {import("../shop/index.d.ts").Store} ledger
 * @param {() => Session} session
 * @returns {import("../shop/index.d.ts").Store}
 */
function watched({ question: asksOf, settings: { store }, index: { reads, questions = [] } }, spared, { ledgerRecords, clock }, heard, ledger, session) {
  // A preview remembers nothing.
  if ((ledger.writes === false && ledger.lasting !== false) || !spared) return ledger;
  const { asIs, keep, keyOf, stamp } = spared;
  /** The key of what the engine is asked; without one it must not be spared. @param {Parameters<typeof asksOf>} page */
  const question = (...page) => keyOf(...asksOf(...page));
  /** The key without elements and events, when the visit read the page. */
  const given = question([], []);
  /** The pages that were seen: `[placements, events]`, the latest first. */
  const PAGES = keyAt(store || undefined, "pages");
  /** The earliest of all decisions of this page. */
  let nextAt = Infinity;
  /** Whether all places of the page were asked about each time. Some may be hidden, or show a message. */
  let isWhole = true;
  /** Whether anything was said here. Then a campaign that gave way may speak on the next page, which `nextAt` does not tell. */
  let spoke = false;
  /** What was decided and is not on the page yet. */
  const pending = new Set();
  /** The records that were seen and written last. @type {any[][]} */
  let records = [];
  /** The stamp of the latest write to the ledger, as long as only this page writes. */
  let known = "";
  let isAlone = true;
  let places = "";
  /** The question of the latest decision. @type {unknown} */
  let asked;
  /** @type {any} */
  let timer;
  try {
    known = stamp(localStorage);
  } catch {
    return ledger;
  }
  document.addEventListener("querencia:contact", ({ detail }) => pending.delete(/** @type {any} */ (detail).contact.id));
  document.addEventListener("querencia:decision", (event) => {
    const { decision } = /** @type {any} */ (event).detail;
    nextAt = Math.min(nextAt, decision.nextAt ?? Infinity);
    isWhole &&= session().isWhole;
    for (const { id } of decision.contacts) pending.add(id);
    spoke ||= decision.contacts.length + decision.ghosts.length > 0;
    // An element that joined late has not heard the events before.
    places ||= placements().join();
    if (places !== placements().join()) pending.add(0);
    asked = question();
    clearTimeout(timer);
    timer = setTimeout(() => rest().catch(() => {}), REST);
  });
  const placements = () => [...document.querySelectorAll("querencia-message")].map((element) => element.getAttribute("placement") ?? "");
  const rest = async () => {
    // Where nothing is remembered, every page asks anew.
    if (ledger.writes === false || ledger.lasting === false || !session().isSame) return;
    // A script of the page changed what the answer depends on: the island of who signed in, the language, the cart.
    if (asked !== question() || given !== question([], [])) return;
    const { querencia } = sessionStorage;
    /** @param {string | undefined} key @param {number} nextAt */
    const keepUntil = (key, nextAt) => {
      // Another tab may have written: then nobody knows what would be said now.
      if (!key || pending.size > 0 || !isAlone || known !== stamp(localStorage)) return;
      const isAsked = [ledgerRecords ?? [], ...records].flat().some(({ campaign, at }) => questions.includes(campaign) && !(instant(at) < querencia));
      keep(localStorage, key, clock(), nextAt, isAsked ? querencia : undefined);
    };
    if (!spoke && isWhole) keepUntil(question(), nextAt);
    if (reads.event) return;
    const here = JSON.stringify([placements(), heard], asIs);
    const others = (parse(localStorage[PAGES]).list ?? []).filter((/** @type {string} */ one) => one !== here).slice(0, MOST_PAGES);
    // What a page tells of its cart or of an order is its own.
    const isPlain = heard.every((name) => /^(view_item|(add_to|remove_from)_cart)$/.test(name));
    if (isPlain) localStorage[PAGES] = JSON.stringify({ list: [here, ...others] }, asIs);
    for (const other of (spoke || !isWhole) && isPlain ? [here, ...others] : others) {
      const [at, names] = JSON.parse(other);
      const all = await session().ahead(at, names);
      if (all.every(({ contacts, ghosts }) => contacts.length + ghosts.length === 0)) {
        keepUntil(question(at, names.map((/** @type {string} */ name) => [name, {}])), Math.min(...all.map(({ nextAt }) => nextAt ?? Infinity)));
      }
    }
  };
  // What the ledger says of itself may change.
  return Object.create(ledger, {
    transact: {
      value: (/** @type {import("../shop/index.d.ts").Work<any>} */ work, /** @type {string} */ part) =>
        ledger.transact((...kept) => {
          const done = work(...kept);
          if (done.wish || done.put.length > 0) {
            isAlone &&= known === stamp(localStorage);
            // the store stamps its write as soon as this has returned
            queueMicrotask(() => (known = stamp(localStorage)));
          }
          if (questions.length > 0) records = [kept[0], done.put];
          return done;
        }, part),
    },
  });
}
