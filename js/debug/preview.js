// `data-preview="campaign"`: shows that campaign's message in its place, with what the page knows. What would hold the campaign back is left
// out: who it is for, limits, calm, quiet hours, the time of its occasion. What the message needs and nobody knows stands in ‹ ›.

import { CODES } from "../cli/codes.js";

/**
 * @typedef {(policy: any) => Promise<any>} Load
 * An engine, and what its message says in ‹ › instead.
 * @typedef {{ engine: any, missing: string[] }} Asked
 */

/** What of the policy stays: the rest holds campaigns back, or is about others. */
const KEPT = ["querencia", "shop", "honesty", "segments"];
/** What of the campaign stays where it is an announcement. */
const CAMPAIGN = ["id", "channel", "placement", "message", "class", "offer", "suggest"];
/** What of a message only a catalogue proves. */
const CLAIMS = "claims";
/** What holds an offer back, or compares it with others. */
const LIMITING = ["acquisition", "again", "budget", "from", "marginShare", "notTo", "personal", "to"];
/** What holds a campaign back. */
const HOLDING = ["audience", "relevance", "paused", "topic", "substitute", "disposition", "repeat", "weight"];

/**
 * @param {string} text the policy
 * @param {string} id of the campaign
 * @param {Load} load
 * @returns {Promise<any>} an engine that knows no other campaign
 */
export async function previewed(text, id, load) {
  /** @type {any} */
  const policy = JSON.parse(text);
  const onsite = policy.campaigns.filter((/** @type {any} */ { channel }) => channel === "onsite");
  const campaign = onsite.find((/** @type {any} */ one) => one.id === id);
  if (!campaign) {
    const other = policy.campaigns.find((/** @type {any} */ one) => one.id === id);
    const why = other ? `\`${id}\` is for ${other.channel}, which no page shows` : `there is no campaign \`${id}\``;
    throw new Error(`data-preview: ${why}; known are: ${onsite.map((/** @type {any} */ one) => one.id).join(", ")}`);
  }
  const places = [...document.querySelectorAll("querencia-message")].map((element) => element.getAttribute("placement"));
  if (!places.includes(campaign.placement)) {
    console.warn(`querencia: data-preview: \`${id}\` speaks in \`${campaign.placement}\`, and the page has no <querencia-message placement="${campaign.placement}">`);
  }
  const asked = await enginesOf(policy, campaign, [], load);
  // what is wrong with the policy is told by whoever reads it whole
  return asked.length === 0 ? load(text) : new PreviewEngine(policy, campaign, asked, load);
}

/** An engine that asks several, the strictest first: the first that speaks is heard. */
class PreviewEngine {
  #asked;
  #policy;
  #campaign;
  #load;
  /** @type {Set<Handle>} */
  #handles = new Set();
  /** Whether the message was shown, or it was told why it is not. */
  #done = false;
  /** Whether more engines are on their way. */
  #isFilling = false;
  /** @type {Set<string>} the parameters that were looked for */
  #missing = new Set();
  /** @type {import("../shop/index.d.ts").Shop | undefined} */
  #shop;

  /** @param {any} policy @param {any} campaign @param {Asked[]} asked @param {Load} load */
  constructor(policy, campaign, asked, load) {
    this.#policy = policy;
    this.#campaign = campaign;
    this.#asked = asked;
    this.#load = load;
    const { policyHash, shop, topics } = asked[0].engine;
    Object.assign(this, { policyHash, shop, topics });
    document.addEventListener("querencia:ready", (event) => (this.#shop = /** @type {CustomEvent} */ (event).detail.shop));
  }

  /** @param {any} request @returns {any} */
  decide({ customer, ledger, ...moment }) {
    const handle = this.customer(customer, ledger);
    const decision = handle.decide(moment);
    handle.free();
    return decision;
  }

  /** @param {any} [customer] @param {any} [ledger] */
  customer(customer, ledger) {
    const handle = new Handle(this.#asked, customer, ledger, { spoke: this.#spoke, heldBack: this.#heldBack, freed: () => this.#handles.delete(handle) });
    this.#handles.add(handle);
    return handle;
  }

  /** @param {string[]} missing */
  #spoke = (missing) => {
    if (this.#done) return;
    this.#done = true;
    if (missing.length === 0) return;
    const names = missing.map((name) => (name === CLAIMS ? name : `{${name}}`));
    console.warn(`querencia: data-preview: the page does not know ${names.join(", ")}: no shopper would get this message here`);
    import("./note.js").then(({ note }) => note({ missing: names })).catch(() => {});
  };

  /** Nobody spoke. @param {any[]} refusals the reasons of each engine */
  #heldBack = (refusals) => {
    if (this.#done || this.#isFilling) return;
    const unknown = refusals.flatMap(({ code, detail }) => (code === "parameter-missing" ? detail.parameters : [])).filter((name) => !this.#missing.has(name));
    // what the catalogue must prove
    if (!this.#missing.has(CLAIMS) && refusals.some(({ code }) => code === "claim-unproven")) unknown.push(CLAIMS);
    if (unknown.length > 0) return void this.#fill(unknown).catch((error) => console.warn(`querencia: data-preview: ${error.message}`));
    // without a place it was told before
    const held = refusals.findLast(({ code }) => code !== "none" && code !== "no-place");
    if (!held || held.code === "parameter-missing") return;
    this.#done = true;
    const { means } = CODES[/** @type {keyof typeof CODES} */ (held.code)];
    console.warn(`querencia: data-preview: \`${this.#campaign.id}\` cannot be shown: ${held.code}. ${means}`);
  };

  /** Writes what nobody knows into the message as it is called, and asks again. @param {string[]} names */
  async #fill(names) {
    for (const name of names) this.#missing.add(name);
    this.#isFilling = true;
    const asked = await enginesOf(this.#policy, this.#campaign, [...this.#missing], this.#load);
    this.#asked.push(...asked);
    for (const handle of this.#handles) handle.add(asked);
    this.#isFilling = false;
    await this.#shop?.decide();
  }

  free() {
    for (const { engine } of this.#asked) engine.free();
  }
}

/**
 * A customer, as each engine knows them.
 */
class Handle {
  /** @type {{ handle: any, missing: string[] }[]} */
  #handles = [];
  /** @type {any} */
  #customer;
  /** @type {any} */
  #ledger;
  #tell;
  /** @type {any} the latest event: what is asked again is about it */
  #event;

  /**
   * @param {Asked[]} asked
   * @param {any} customer
   * @param {any} ledger
   * @param {{ spoke(missing: string[]): void, heldBack(refusals: any[]): void, freed(): void }} tell
   */
  constructor(asked, customer, ledger, tell) {
    this.#customer = customer;
    this.#ledger = ledger;
    this.#tell = tell;
    this.add(asked);
  }

  /** @param {Asked[]} asked */
  add(asked) {
    for (const { engine, missing } of asked) this.#handles.push({ handle: engine.customer(this.#customer, this.#ledger), missing });
  }

  /** @param {any} moment */
  decide(moment) {
    this.#event = moment.event ?? this.#event;
    let last;
    const refusals = [];
    for (const { handle, missing } of this.#handles) {
      last = handle.decide({ ...moment, event: this.#event, explain: true });
      if (last.contacts.length > 0) {
        this.#tell.spoke(missing);
        return last;
      }
      refusals.push(...last.refused);
    }
    this.#tell.heldBack(refusals);
    return last;
  }

  /** @param {any} ledger */
  ledger(ledger) {
    this.#ledger = ledger;
    for (const { handle } of this.#handles) handle.ledger(ledger);
  }

  /** @param {any} record */
  record(record) {
    this.#ledger = [...(this.#ledger ?? []), record];
    for (const { handle } of this.#handles) handle.record(record);
  }

  /** @param {any} patch */
  update(patch) {
    this.#customer = { ...this.#customer, ...patch };
    for (const { handle } of this.#handles) handle.update(patch);
  }

  free() {
    for (const { handle } of this.#handles) handle.free();
    this.#tell.freed();
  }
}

/**
 * The policy with this campaign alone: of its own kind, whose occasion it needs, and as an announcement, which needs none.
 * @param {any} policy
 * @param {any} campaign
 * @param {string[]} missing what is written as it is called
 * @param {Load} load
 */
async function enginesOf(policy, campaign, missing, load) {
  const common = picked(campaign, CAMPAIGN);
  const own = Object.fromEntries(Object.entries(campaign).filter(([key]) => !HOLDING.includes(key)));
  const offer = campaign.offer && policy.offers?.[campaign.offer];
  const offers = offer && { [campaign.offer]: Object.fromEntries(Object.entries(offer).filter(([key]) => !LIMITING.includes(key))) };
  /** @type {Asked[]} */
  const asked = [];
  for (const one of [own, { ...common, kind: "announcement" }]) {
    let names = missing;
    // Some values only certain kinds have: an announcement knows no order.
    for (let tries = 0; tries < 3; tries++) {
      const messages = { [campaign.message]: filled(policy.messages[campaign.message], names) };
      try {
        const engine = await load({ ...picked(policy, KEPT), ...(offers && { offers }), campaigns: [one], messages });
        asked.push({ engine, missing: names });
        break;
      } catch (/** @type {any} */ error) {
        const more = (error.problems ?? []).map((/** @type {any} */ { message }) => /has no `([^`]+)`/.exec(message)?.[1]);
        if (more.length === 0 || more.includes(undefined)) break;
        names = [...new Set([...names, ...more])];
      }
    }
  }
  return asked;
}

/** @param {any} object @param {string[]} keys */
const picked = (object, keys) => Object.fromEntries(keys.filter((key) => object[key] != null).map((key) => [key, object[key]]));

/** A message with some of its parameters as they are called. @param {any} message @param {string[]} names */
function filled(message, names) {
  return JSON.parse(JSON.stringify(message), (key, value) => {
    if (key === CLAIMS && names.includes(CLAIMS)) return undefined;
    if (typeof value !== "string" || !/^(title|body|share|label|alt|to|src)$/.test(key)) return value;
    const text = literal(value, names);
    // an address has no such signs
    return key === "to" || key === "src" ? text.replace(/[‹›]/g, "") : text;
  });
}

/** @param {string} template @param {string[]} names */
export function literal(template, names) {
  let text = template;
  for (const name of names) {
    const written = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    text = text.replace(new RegExp(`(?<!\\\\)\\{\\s*${written}\\s*\\}`, "g"), `‹${name}›`);
    // of a plural, its last branch
    text = text.replace(new RegExp(`(?<!\\\\)\\{\\s*${written}\\s*,\\s*plural\\s*,(?:[^{}]*\\{[^{}]*\\})*?[^{}]*other\\s*\\{([^{}]*)\\}\\s*\\}`, "g"), (_, other) => other.replaceAll("#", `‹${name}›`));
  }
  return text;
}
