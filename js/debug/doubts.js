// The lines of the console for who builds a theme and wonders why nothing is said. Each is said once a page.

import { eventIn } from "../loader/heard.js";

/** @type {Set<string>} */
const said = new Set();
/** @param {string} line */
const say = (line) => {
  if (said.size === said.add(line).size) return;
  console.warn(`querencia: ${line}`);
};

/**
 * What the platform cannot read.
 * @param {Parameters<import("../shop/index.d.ts").Doubt>[0]} code
 * @param {string} what where, and what stands there
 * @param {string} [currency] the shop's
 */
export function doubt(code, what, currency) {
  const [where, value] = /^(\S*) ?(.*)$/.exec(what)?.slice(1) ?? [what, ""];
  say(
    {
      layer: `the data layer \`${what}\` is no list, so nothing is heard; name another with data-layer`,
      locked: `\`${what}.push\` is locked: events that come later are not heard`,
      currency: `data layer: \`${where}\` is in ${value} and the shop's currency is ${currency}: its amounts are left out`,
      amount: `data layer: \`${where}\` is \`${value}\`, which is no amount; write it as 24.9`,
      id: `data layer: a \`${where}\` without \`transaction_id\` is not heard`,
    }[code] ?? `data layer, ${code}: ${what}`,
  );
}

/** A data layer tells events, and nobody listens. @param {DOMStringMap} settings */
export function noPlatform({ layer }) {
  layer ||= "dataLayer";
  const list = /** @type {any} */ (globalThis)[layer];
  for (let index = 0; index < list?.length; index++) {
    const entry = list[index];
    const [name, facts] = entry?.[0] === "event" ? [entry[1], entry[2]] : [entry?.event, entry?.ecommerce];
    const event = eventIn(entry, name, facts);
    if (event) return say(`there is no data-platform, so \`${event === "*" ? (name ?? layer) : event}\` of \`${layer}\` is not heard; write data-platform="ga4"`);
  }
}

/**
 * Looks at a page whose policy is not published: somebody is still at work on it. A published one has no reasons to tell.
 * @param {DOMStringMap} settings
 * @param {string} text the policy
 */
export function lookOver(settings, text) {
  /** @type {any} */
  let policy;
  try {
    policy = JSON.parse(text);
  } catch {
    // whoever reads it tells
    return;
  }
  document.addEventListener("querencia:decision", (event) => {
    try {
      lookAt(settings, policy, /** @type {CustomEvent} */ (event).detail.decision);
    } catch {
      // it only looks
    }
  });
}

/** @param {DOMStringMap} settings @param {any} policy @param {import("../types.d.ts").Decision} decision */
function lookAt(settings, policy, decision) {
  const elements = [...document.querySelectorAll("querencia-message")];
  const places = elements.map((element) => element.getAttribute("placement") ?? "");
  const known = [...new Set(policy.campaigns.flatMap((/** @type {any} */ { placement }) => placement ?? []))];
  if (elements.length === 0 && !document.querySelector("querencia-offers")) say("there is no `querencia-message[placement]`");
  for (const place of places) if (place && !known.includes(place)) say(`no campaign has the placement \`${place}\`; known are: ${known.join(", ")}`);
  elements.forEach((element, index) => {
    const isSeen = element.checkVisibility?.({ visibilityProperty: true }) ?? true;
    if (!isSeen && places.indexOf(places[index]) === index && decision.refused.some(({ campaign, code }) => code === "no-place" && placeOf(policy, campaign) === places[index])) {
      say(`<querencia-message placement="${places[index]}"> is hidden, so nothing is said there`);
    }
  });
  for (const { campaign, code, detail } of decision.refused) {
    if (code !== "parameter-missing" || !places.includes(placeOf(policy, campaign))) continue;
    say(`\`${campaign}\` stays silent: each text of its message needs what this page does not know: ${/** @type {any} */ (detail).parameters.map((/** @type {string} */ name) => `{${name}}`).join(", ")}`);
  }
  for (const { campaign } of decision.ghosts) say(`\`${campaign}\` is not shown, because this customer is in the holdout`);
  const locale = (settings.locale || document.documentElement.lang || navigator.language).replace("_", "-");
  const language = (/** @type {string} */ tag) => tag.toLowerCase().split("-")[0];
  const tables = Object.values(policy.messages).flatMap((message) => Object.keys(Object(message)));
  if (!tables.some((tag) => language(tag) === language(locale))) say(`no message has texts in \`${locale}\`; \`${policy.shop.locales[0]}\` is used`);
  // A guest's page has no island of a customer. But one that nobody names may be meant.
  const named = Object.values(settings);
  const ids = [...document.querySelectorAll('script[type="application/json"][id]')].map(({ id }) => `#${id}`).filter((id) => !named.includes(id));
  for (const name of ["customer", "ledger"]) {
    const selector = settings[name];
    const meant = ids.find((id) => selector && id.slice(1, 4).toLowerCase() === selector.replace(/^#/, "").slice(0, 3).toLowerCase());
    if (meant && !document.querySelector(String(selector))) say(`data-${name}: there is no \`${selector}\`, and nobody names \`${meant}\``);
  }
}

/** @param {any} policy @param {string} campaign */
const placeOf = (policy, campaign) => policy.campaigns.find((/** @type {any} */ { id }) => id === campaign)?.placement;
