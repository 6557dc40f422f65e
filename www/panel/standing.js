import { language, say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { figure } from "./format.js";
import { label, read } from "./spanish.js";

const phases = {
  illusion: { es: "Ilusión", en: "Illusion" },
  letdown: { es: "Desencanto", en: "Letdown" },
  trust: { es: "Confianza", en: "Trust" },
  identification: { es: "Identificación", en: "Identification" },
  lapsed: { es: "Ausencia", en: "Absence" },
};

const tiers = {
  unknown: { es: "Por conocer", en: "Unknown" },
  known: { es: "De confianza", en: "Known" },
  advocate: { es: "De la casa", en: "Advocate" },
};

/** Why a relation is in its phase. The code is the contract; these words are only the demo's. */
const reasons = {
  "nothing-yet": { es: "Aún no ha llegado bien ningún pedido.", en: "No order has arrived well yet." },
  "case-open": { es: "Hay una queja sin resolver.", en: "A complaint is not solved." },
  incident: { es: "Algo de un pedido salió mal y no está arreglado.", en: "Something of an order went wrong and is not mended." },
  late: { es: "Un pedido no ha llegado cuando se prometió.", en: "An order has not come when it was promised." },
  settling: { es: "Un pedido acaba de llegar: primero se pregunta qué tal.", en: "An order has just come: first we ask how it is." },
  "low-rating": { es: "Su última nota fue baja, y nada ha llegado desde entonces.", en: "The latest rating was low, and nothing has arrived since." },
  "served-well": { es: "Algo le ha llegado bien.", en: "Something has arrived well." },
  promoter: { es: "Varios pedidos buenos, y la última nota es un nueve o un diez.", en: "Several good orders, and the latest rating is a nine or a ten." },
  "long-ago": { es: "Hace mucho del último pedido.", en: "The latest order was long ago." },
};

/** @param {string} phase */
export const phaseName = (phase) => say(phases[phase]);
/** @param {string} tier */
export const tierName = (tier) => say(tiers[tier]);

/** What made the phase, a sentence for each reason. @param {any} standing */
export function phaseReason({ because }) {
  const codes = because.filter(({ phase }) => phase).map(({ code }) => code);
  return codes.map((code) => (reasons[code] ? say(reasons[code]) : code)).join(" ");
}

/**
 * The facts that made the tier; without an id or a ledger there are none, and the code says so.
 *
 * @param {any} standing
 * @returns {[string, string][]}
 */
export function tierFacts({ because }) {
  return because.filter(({ phase }) => !phase).map(({ fact, value, code }) => (fact ? [fact, figure(fact, value)] : ["because", code]));
}

/** How far the customer is trusted, and how far the relation has come, each with its reasons. @param {any} standing */
export function standingOf(standing) {
  const row = (/** @type {{ es: string, en: string }} */ label, /** @type {string} */ code, /** @type {string} */ name, /** @type {Node} */ why) =>
    node("div", {}, node("dt", {}, say(label)), node("dd", {}, node("strong", { "data-code": code }, name), language === "en" && node("code", {}, code), why));
  const told = tierFacts(standing).filter(([fact]) => label(fact));
  const facts = told.map(([fact, value]) => node("div", {}, node("dt", {}, label(fact)), node("dd", {}, read(value))));
  return node(
    "dl",
    { class: "standing" },
    row({ es: "Nivel", en: "Tier" }, standing.tier, tierName(standing.tier), node("dl", { class: "figures" }, ...facts)),
    row({ es: "Fase", en: "Phase" }, standing.phase, phaseName(standing.phase), node("p", {}, phaseReason(standing))),
  );
}
