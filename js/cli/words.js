// The words of `querencia explain`, in English and in Spanish, and how figures are read in them.

import { CODES } from "./codes.js";
import { FIGURES, MEANS } from "./es.js";

/** What stands between the figures. @type {Record<string, [en: string, es: string]>} */
const PHRASES = {
  also: ["Also held back by", "También lo frena"],
  because: ["because", "porque"],
  campaign: ["campaign", "campaña"],
  campaigns: ["campaigns", "campañas"],
  code: ["code", "código"],
  customer: ["Who is the customer?", "¿Quién es el cliente?"],
  dated: ["end by a date", "acaban con una fecha"],
  gate: ["gate", "puerta"],
  ghosts: ["Not shown, because the customer is in the holdout", "No se muestra, porque el cliente está en el grupo de control"],
  guest: ["a guest", "una visita sin identificar"],
  heldBack: ["What is held back, and why", "Qué se calla y por qué"],
  heldOut: ["held out", "grupo de control"],
  mostly: ["held back by", "motivo"],
  never: ["Nothing that is known now changes the answer.", "Nada de lo que se sabe ahora cambia la respuesta."],
  next: ["Ask again on", "Hay que volver a preguntar el"],
  noDate: ["No date changes that.", "No depende de ninguna fecha."],
  nothing: ["nothing", "nada"],
  offer: ["It carries the offer", "Lleva la oferta"],
  passes: ["It could pass on", "Podría salir el"],
  phase: ["phase", "fase"],
  policy: ["policy", "política"],
  presents: ["Presents that the customer has", "Regalos que tiene el cliente"],
  refusals: ["refusals", "veces callada"],
  requests: ["Requests", "Peticiones"],
  shown: ["What is shown?", "¿Qué se muestra?"],
  shownOften: ["shown", "dicha"],
  speaking: ["With something to say", "Con algo que decir"],
  substitute: ["Its substitute may speak in its place.", "Puede hablar en su lugar la campaña de `substitute`."],
  tasks: ["What a person should do", "Lo que alguien debería hacer"],
  tier: ["tier", "nivel"],
  until: ["until", "hasta el"],
  why: ["Why", "Por qué"],
};

/** Words of the engine that a reader should not have to look up. @type {Record<string, [en: string, es: string]>} */
const WORDS = {
  unknown: ["unknown", "desconocido (unknown)"],
  known: ["known", "conocido (known)"],
  advocate: ["advocate", "nos recomienda (advocate)"],
  illusion: ["illusion (something to look forward to)", "ilusión (illusion)"],
  letdown: ["letdown (something is wrong, or has just arrived)", "bajón (letdown)"],
  trust: ["trust", "confianza (trust)"],
  identification: ["identification", "identificación (identification)"],
  lapsed: ["lapsed", "se fue (lapsed)"],
  "orders.good": ["good orders:", "pedidos buenos:"],
  "cases.open": ["open cases:", "casos abiertos:"],
  "not-recognised": ["there is no id, or no ledger", "no hay `id`, o no hay registro (`ledger`)"],
  "long-ago": ["the last order is long ago", "hace mucho del último pedido"],
  promoter: ["enough good orders and a high rating", "bastantes pedidos buenos y buena nota"],
  "served-well": ["there is a good order", "hay un pedido bueno"],
  "nothing-yet": ["there is no good order yet", "aún no hay ningún pedido bueno"],
  announcement: ["the shop has something to announce", "la tienda tiene algo que anunciar"],
  event: ["what just happened on the page", "lo que acaba de pasar en la página"],
  order: ["there is an order", "hay un pedido"],
  packing: ["an order has not left yet", "un pedido aún no ha salido"],
  delivery: ["an order has arrived", "llegó un pedido"],
  article: ["an article has arrived", "llegó un artículo"],
  incident: ["something went wrong with an order", "algo salió mal con un pedido"],
  birthday: ["the birthday", "el cumpleaños"],
  replenishment: ["an article is about to run out", "un artículo está a punto de acabarse"],
  overdue: ["there has been no order for longer than usual", "hace más de lo habitual que no hay pedido"],
  milestone: ["the orders so far", "los pedidos hasta hoy"],
  activity: ["the customer is among the most active", "está entre los clientes más activos"],
  draw: ["a draw among the customers", "un sorteo entre los clientes"],
  cart: ["something was left in the cart", "quedó algo en la cesta"],
  question: ["the shop has a question", "la tienda tiene una pregunta"],
  "share-withheld": ["the call to share was left out, because a complaint is near", "no se pide compartir, porque hay una queja cerca"],
  reply: ["reply to a conversation", "contestar a una conversación"],
  solve: ["solve what was complained about", "resolver una queja"],
  callback: ["call the customer", "llamar al cliente"],
  engage: ["answer what was written about the shop", "responder a quien habló de la tienda"],
  neglect: ["say something: nobody has since an order arrived", "decir algo: nadie lo ha hecho desde que llegó un pedido"],
};

/** @type {[Intl.RelativeTimeFormatUnit & string, number][]} */
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];
/** What a policy writes as `20h`. @type {Record<string, string>} */
const LETTERS = { s: "second", m: "minute", h: "hour", d: "day", w: "week" };
const MONEY = ["total", "average", "cost", "margin", "lowest"];

/**
 * The language to speak: that of `--locale`, else that of the terminal. Undefined: there is no such language.
 * @param {string | undefined} given
 * @returns {"es" | "en" | undefined}
 */
export function languageOf(given) {
  const environment = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "";
  const language = (given ?? (/^es\b|^es_/.test(environment) ? "es" : "en")).slice(0, 2).toLowerCase();
  return language === "es" || language === "en" ? language : undefined;
}

/** @typedef {ReturnType<typeof wordsOf>} Words */

/**
 * @param {"es" | "en"} language
 * @param {{ zone: string, currency: string }} shop
 */
export function wordsOf(language, { zone, currency }) {
  const isSpanish = language === "es";
  const locale = isSpanish ? "es-ES" : "en-GB";
  const pick = (/** @type {[string, string]} */ [en, es]) => (isSpanish ? es : en);
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium", timeZone: zone });
  const money = new Intl.NumberFormat(locale, { style: "currency", currency });
  const minor = 10 ** (money.resolvedOptions().maximumFractionDigits ?? 2);
  const number = new Intl.NumberFormat(locale);

  /** An instant on the shop's clock, and exactly. @param {number} at */
  const when = (at) => `${dates.format(at)} (${zone}; ${new Date(at).toISOString()})`;
  /** @param {number} length @param {string} unit */
  const long = (length, unit) => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(length);
  /** @param {number} gap */
  const span = (gap) => {
    const [unit, one] = UNITS.find(([, one]) => gap % one === 0) ?? ["second", 1000];
    return long(gap / one, unit);
  };
  /** One figure as a person reads it. @param {string} name @param {any} value @returns {string} */
  const figure = (name, value) => {
    if (Array.isArray(value)) return value.length > 0 ? value.map((one) => figure(name, one)).join(", ") : "-";
    if (Object(value) === value) return Object.entries(value).filter(([, one]) => one !== null).map(([key, one]) => `${key} ${figure(key, one)}`).join(", ");
    if (name === "gap") return span(Number(value));
    if (MONEY.includes(name)) return money.format(value / minor);
    const [, count, unit] = name === "per" ? (/^(\d+)([smhdw])$/.exec(value) ?? []) : [];
    if (unit) return long(Number(count), LETTERS[unit]);
    // what is as large as an instant is one; an announcement's occurrence is the instant of the one before
    if (Number(value) > 1e11) return when(Number(value));
    if (typeof value === "number") return number.format(value);
    return typeof value === "string" ? (name === "phase" || name === "phases" ? word(value) : value) : JSON.stringify(value);
  };
  /** @param {string} code */
  const word = (code) => (Object.hasOwn(WORDS, code) ? pick(WORDS[code]) : code);

  return {
    when,
    word,
    figure,
    count: (/** @type {number} */ times) => number.format(times),
    say: (/** @type {keyof typeof PHRASES & string} */ name) => pick(PHRASES[name]),
    means: (/** @type {string} */ code) => (isSpanish ? MEANS : byCode((one) => one.means))[/** @type {keyof typeof CODES} */ (code)],
    /** What a figure of a code is called. @param {string} code @param {string} name */
    label: (code, name) => (isSpanish ? FIGURES[name] : CODES[/** @type {keyof typeof CODES} */ (code)]?.figures[name]) ?? name,
  };
}

/** @param {(code: { means: string }) => string} take */
const byCode = (take) => Object.fromEntries(Object.entries(CODES).map(([code, row]) => [code, take(row)]));
