// The panel's words for what the policy and the engine name in English: the ids, codes and fields. In English they stand as they are.

import { language } from "../shop/language.js";
import { node } from "../shop/node.js";

/** @type {Record<string, string>} */
const WORDS = {
  // campaigns of the shop, and of the year
  thanks: "gracias",
  "not-found": "página perdida",
  lost: "sin resultados",
  birthday: "cumpleaños",
  "birthday-words": "cumpleaños sin regalo",
  welcome: "bienvenida",
  "third-order": "tercer pedido",
  arrivals: "novedades",
  "ask-topics": "pregunta de temas",
  wrapping: "envoltorio",
  postage: "portes",
  "care-pottery": "cuidar el barro",
  "care-linen": "cuidar el lino",
  origin: "de dónde viene",
  cart: "cesta olvidada",
  surprise: "sorpresa",
  kiln: "el horno",
  raffle: "sorteo",
  autumn: "otoño",
  hello: "primer descuento",
  portage: "envío gratis",
  sorry: "disculpa",
  "all-well": "¿todo bien?",
  "how-to": "cómo se cuida",
  "rate-it": "¿qué nota?",
  more: "algo más",
  "happy-birthday": "feliz cumpleaños",
  "we-miss-you": "te echamos de menos",
  "second-order": "segundo pedido",
  "tell-a-friend": "díselo a alguien",
  "join-us": "hazte de la casa",
  // offers
  "birthday-10": "10 % de cumpleaños",
  "autumn-5": "5 % de otoño",
  "hello-3": "3 € de bienvenida",
  "surprise-4": "4 € de sorpresa",
  ten: "diez por ciento",
  // gates
  occasion: "ocasión",
  audience: "público",
  kind: "relación",
  consent: "permiso",
  wishes: "deseos",
  care: "atención",
  relevance: "interés",
  repeat: "repetición",
  calm: "calma",
  limits: "límites",
  "quiet-hours": "horas de silencio",
  budget: "presupuesto",
  honesty: "honradez",
  arbitration: "turno",
  // what becomes of a contact, and where it is
  ghost: "en control",
  reserved: "reservado",
  released: "soltado",
  armed: "a punto",
  delivered: "entregado",
  failed: "fallido",
  transactional: "trámite",
  service: "servicio",
  relational: "trato",
  promotional: "promoción",
  onsite: "la tienda",
  email: "correo",
  push: "avisos",
  sms: "mensaje",
  phone: "teléfono",
  post: "carta",
  social: "redes",
  home: "portada",
  product: "artículo",
  basket: "cesta",
  "thank-you": "gracias",
  search: "búsqueda",
  workshop: "taller",
  year: "año",
  news: "novedades",
  tips: "trucos",
  offers: "ofertas",
  letters: "carta de la semana",
  // where a store keeps
  indexedDB: "Este navegador",
  memory: "Esta página",
  // facts
  givenName: "el nombre",
  "not-recognised": "sin identificar",
};

/** The labels of figures: what has none is not shown in Spanish, whose sentences say it. @type {Record<string, string>} */
const LABELS = {
  class: "clase",
  channel: "por",
  placement: "sitio",
  offer: "regalo",
  campaign: "campaña",
  code: "código",
  until: "hasta",
  expiresAt: "caduca",
  max: "como mucho",
  counted: "van",
  gap: "entre dos",
  at: "dicho",
  days: "días",
  because: "porque",
  "orders.good": "pedidos buenos",
  "orders.count": "pedidos",
  "cases.open": "quejas abiertas",
  tenureDays: "días con la tienda",
};

/** A word of the policy or of the engine, as the reader reads it. @param {string} word */
export const read = (word) => (language === "es" && Object.hasOwn(WORDS, word) ? WORDS[word] : word);

/** The label of a figure; undefined: it is not shown. @param {string} name */
export const label = (name) => (language === "es" ? LABELS[name] : name);

/**
 * A code of the engine: in Spanish its gate alone, because the sentence below says the rest.
 * @param {{ gate: string, code: string }} refusal
 */
export function coded({ gate, code }) {
  const name = `${gate} · ${code}`;
  return node("code", { "data-code": name, title: name }, language === "es" ? read(gate) : name);
}
