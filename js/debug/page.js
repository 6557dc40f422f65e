// What the panel says of the page itself: policy, platform, places, memory, consent.

import { eventIn } from "../loader/heard.js";

/** @typedef {ReturnType<typeof import("./words.js").phrases>} Say */

/**
 * @param {{ job: import("../loader/tag.js").Job, policy: any, kept: any, server?: any, refused?: string[], say: Say, language: string }} known
 * @returns {[name: string, lines: string[]][]}
 */
export function pageOf({ job: { settings, url, text }, policy, kept, server, refused = [], say, language }) {
  const locale = settings.locale || document.documentElement.lang || navigator.language;
  /** @type {[string, string[]][]} */
  const pairs = [
    [say("policy"), [text === undefined ? url : `${url} (${say("notPublished")})`]],
    [say("platform"), [settings.platform || say("noPlatform")]],
    [say("language"), [locale, ...(hasTexts(policy, locale) ? [] : [say("noTexts")])]],
    [say("places"), placesOf(policy, say)],
    [say("store"), [memoryOf(kept, say)]],
    [say("server"), [...serverOf(settings, server, say), ...refused.map((one) => `${say("no")} ${one}`)]],
    [say("consent"), kept?.consent ? answersOf(kept.consent, say, language) : [say("noConsent")]],
  ];
  const layer = settings.layer || "dataLayer";
  // The adapter makes an empty list of a name that nobody has.
  const what = !isList(layer) ? "noLayer" : /** @type {any} */ (globalThis)[layer].length === 0 && "emptyLayer";
  if (settings.platform) pairs.splice(2, 0, [say("layer"), [`\`${layer}\`${what ? ` ${say(what)}` : ""}`]]);
  return pairs;
}

/** @param {string} name */
const isList = (name) => Array.isArray(/** @type {any} */ (globalThis)[name]);

/** @param {any} policy @param {string} locale */
function hasTexts(policy, locale) {
  const tables = Object.values(policy?.messages ?? {}).flatMap((message) => Object.keys(Object(message)));
  const language = (/** @type {string} */ tag) => tag.toLowerCase().split(/[-_]/)[0];
  return tables.length === 0 || tables.some((tag) => language(tag) === language(locale));
}

/** @param {any} policy @param {Say} say */
function placesOf(policy, say) {
  const elements = [...document.querySelectorAll("querencia-message")];
  if (elements.length === 0) return [say("noPlaces")];
  return elements.map((element) => {
    const placement = element.getAttribute("placement") ?? "";
    const campaigns = policy?.campaigns?.filter((/** @type {any} */ one) => one.placement === placement).map((/** @type {any} */ { id }) => id) ?? [];
    const isHidden = element.checkVisibility ? !element.checkVisibility({ visibilityProperty: true }) : false;
    return `${placement || "?"}: ${campaigns.join(", ") || say("noCampaign")}${isHidden ? ` (${say("hidden")})` : ""}`;
  });
}

/** @param {any} kept @param {Say} say */
function memoryOf(kept, say) {
  if (kept?.isPreview) return say("preview");
  if (kept?.consent && kept.ledger.writes === false) return say("unasked");
  return !kept || (kept.ledger.kind !== "memory" && kept.ledger.lasting !== false) ? say("lasting") : say("page_memory");
}

/** @param {DOMStringMap} settings @param {Partial<import("../remote/link.js").Link> | undefined} server @param {Say} say */
function serverOf(settings, server, say) {
  if (!settings.server) return [say("noServer")];
  if (server?.isAway) return [say("away"), ...(server.why ? [server.why] : [])];
  return [say(server?.news ? "answers" : "asked")];
}

/** @param {import("../consent/index.js").Consent} consent @param {Say} say @param {string} language */
function answersOf(consent, say, language) {
  const list = new Intl.ListFormat(language, { type: "unit" });
  const lines = Object.entries(consent.sources()).map(([name, told]) => {
    if (told === undefined) return `${name} ${say("unanswered")}`;
    if (told === null) return `${name} ${say("unreadable")}`;
    const answers = Object.entries(told).flatMap(([purpose, answer]) => (answer === undefined ? [] : `${purpose}: ${say(answer ? "granted" : "denied")}`));
    return `${name} ${say("says")} ${list.format(answers) || say("unknown")}`;
  });
  const together = Object.entries(consent.state()).map(([purpose, answer]) => `${purpose}: ${say(answer)}`);
  return [...lines, `${say("follows")}: ${list.format(together)}`];
}

/** The names in the data layer that no adapter listens to. @param {DOMStringMap} settings */
export function unheardIn({ platform, layer = "dataLayer" }) {
  if (!platform || !isList(layer)) return [];
  /** @type {Set<string>} */
  const names = new Set();
  for (const entry of /** @type {any} */ (globalThis)[layer]) {
    const [name, facts] = entry?.[0] === "event" ? [entry[1], entry[2]] : [entry?.event, entry?.ecommerce];
    if (name !== undefined && !eventIn(entry, name, facts)) names.add(String(name));
  }
  return [...names];
}

/** The campaigns that a page does not ask about. @param {any} policy @param {string[]} [channels] */
export function elsewhere(policy, channels = ["onsite"]) {
  return policy?.campaigns?.filter((/** @type {any} */ { channel }) => !channels.includes(channel)).map((/** @type {any} */ { id, channel }) => `${id} (${channel})`).join(", ");
}
