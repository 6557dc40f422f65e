import { say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { away, figure, moment } from "./format.js";
import { reason } from "./reasons.js";
import { coded, label, read } from "./spanish.js";
import { standingOf } from "./standing.js";

/** Below the shop, on a telephone, the silent ones would be all that is seen. */
const isNarrow = matchMedia("(max-width: 62rem)").matches;
/** Whether they are unfolded: it stays so when another decision is drawn. */
const unfolded = { silent: !isNarrow, idle: !isNarrow };

/**
 * A list that folds.
 * @param {"silent" | "idle"} which
 * @param {string} heading
 * @param {HTMLElement[]} items
 */
function folding(which, heading, items) {
  const details = node("details", { class: "fold", open: unfolded[which] }, node("summary", {}, heading), node("ul", { class: "refused" }, ...items));
  details.addEventListener("toggle", () => (unfolded[which] = details.open));
  return details;
}

/**
 * One decision, as a shopkeeper reads it.
 *
 * @param {{ decision: any, at: number }[]} decisions those of this page, the oldest first
 * @param {number} shown
 * @param {(other: number) => void} show
 * @param {any[]} records the ledger, which knows what became of a contact
 */
export function answer(decisions, shown, show, records) {
  const heading = node("h3", {}, say({ es: "La respuesta", en: "The answer" }));
  if (shown < 0) return [heading, node("p", {}, say({ es: "Todavía no hay ninguna.", en: "There is none yet." }))];

  const { decision, at } = decisions[shown];
  const { contacts, ghosts, entitled, standing, nextAt } = decision;
  // Those with something to say come first; who had no occasion hardly has a reason.
  const refused = [...decision.refused].sort((one, other) => Number(idle(one)) - Number(idle(other)));
  const state = new Map(records.map((record) => [record.id, record.state]));
  return [
    node("div", { class: "heading" }, heading, decisions.length > 1 && pages(decisions.length, shown, show)),
    standingOf(standing),
    node("h4", {}, say({ es: `Habla ${contacts.length}`, en: `${contacts.length} speaks` })),
    contacts.length === 0 && node("p", {}, say({ es: "Nadie. El silencio también es una respuesta.", en: "Nobody. Silence is an answer too." })),
    node("ul", { class: "contacts" }, ...contacts.map((contact) => spoken(contact, state.get(contact.id)))),
    ghosts.length > 0 && node("h4", {}, say({ es: "Grupo de control", en: "Control group" })),
    ghosts.length > 0 && node("ul", { class: "ghosts" }, ...ghosts.map((ghost) => spoken(ghost, "ghost"))),
    entitled.length > 0 && node("h4", {}, say({ es: "Regalos que tiene", en: "Presents they have" })),
    entitled.length > 0 && node("ul", { class: "entitled" }, ...entitled.map(present)),
    folding("silent", say({ es: `Callan ${refused.length}`, en: `${refused.length} stay silent` }), refused.filter((one) => !idle(one)).map((refusal) => silent(refusal, at))),
    refused.some(idle) &&
      folding(
        "idle",
        say({ es: `De ellas, sin motivo para hablar: ${refused.filter(idle).length}`, en: `Of them, without an occasion: ${refused.filter(idle).length}` }),
        refused.filter(idle).map((refusal) => silent(refusal, at)),
      ),
    node(
      "p",
      { class: "next" },
      nextAt === null
        ? say({ es: "Nada cambia por sí solo.", en: "Nothing changes by itself." })
        : say({ es: "Preguntar otra vez: ", en: "Ask again: " }),
      nextAt !== null && instant(nextAt, at),
    ),
    node("details", {}, node("summary", {}, "JSON"), node("pre", { tabindex: "0" }, JSON.stringify(decision, null, 2))),
  ].filter(Boolean);
}

/** @param {any} contact @param {string | undefined} state */
function spoken(contact, state) {
  const { campaign, channel, placement, occurrence, offer, expiresAt, message } = contact;
  return node(
    "li",
    {},
    node("div", { class: "line" }, node("strong", { "data-id": campaign }, read(campaign)), state && node("span", { class: "state", "data-state": state }, read(state))),
    figures({ class: contact.class, channel, placement, offer, occurrence, locale: message.locale, variant: message.variant, expiresAt }),
  );
}

/** A present is had, whether its campaign speaks or not. @param {any} present */
function present({ campaign, offer, occurrence, until, code }) {
  return node("li", {}, node("div", { class: "line" }, node("strong", { "data-id": offer }, read(offer))), figures({ campaign, occurrence, code, until }));
}

/** Nothing happened that it could speak of, and no date says when. @param {any} refusal */
const idle = ({ code, retryAt }) => code === "none" && retryAt === null;

/** @param {any} refusal @param {number} at */
function silent(refusal, at) {
  const { campaign, detail, retryAt, also } = refusal;
  if (idle(refusal)) return node("li", { class: "idle" }, node("div", { class: "line" }, node("strong", { "data-id": campaign }, read(campaign)), coded(refusal)));
  const words = reason(refusal);
  return node(
    "li",
    {},
    node("div", { class: "line" }, node("strong", { "data-id": campaign }, read(campaign)), coded(refusal)),
    words && node("p", {}, words),
    figures(detail),
    also.length > 0 &&
      node("p", { class: "also" }, say({ es: "Y además ", en: "And also " }), ...also.map(coded)),
    node(
      "p",
      { class: "retry" },
      retryAt === null
        ? say({ es: "No hay fecha: tiene que pasar algo antes.", en: "No date: something has to happen first." })
        : say({ es: "Podría hablar ", en: "Could speak " }),
      retryAt !== null && instant(retryAt, at),
    ),
  );
}

/** @param {number} at @param {number} from */
function instant(at, from) {
  return node("time", { datetime: new Date(at).toISOString() }, `${moment(at)} (${away(at, from)})`);
}

/** @param {Record<string, unknown>} [values] */
function figures(values = {}) {
  const known = Object.entries(values).filter(([name, value]) => value !== null && value !== undefined && label(name));
  if (known.length === 0) return null;
  return node("dl", { class: "figures" }, ...known.map(([name, value]) => node("div", {}, node("dt", {}, label(name)), node("dd", { "data-value": String(value) }, read(figure(name, value))))));
}

/** @param {number} count @param {number} shown @param {(other: number) => void} show */
function pages(count, shown, show) {
  const turn = (/** @type {string} */ sign, /** @type {string} */ label, /** @type {number} */ to) =>
    node("button", { type: "button", "aria-label": label, disabled: to < 0 || to >= count, click: () => show(to) }, sign);
  return node(
    "span",
    { class: "pages" },
    turn("‹", say({ es: "La anterior de esta página", en: "The one before on this page" }), shown - 1),
    ` ${shown + 1} / ${count} `,
    turn("›", say({ es: "La siguiente", en: "The next one" }), shown + 1),
  );
}
