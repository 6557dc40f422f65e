import { phaseName, phaseReason, tierName } from "../panel/standing.js";
import { product } from "../shop/catalog.js";
import { money, say } from "../shop/language.js";

/**
 * @typedef {object} Happening
 * @property {"order" | "trouble" | "good" | "date" | "relation"} kind
 * @property {string} what in a word
 * @property {string} words
 */

/**
 * What a day brought, in words: what became known that day, and what it made of the relation.
 *
 * @param {any} moment
 * @param {any} before the day before
 * @returns {Happening[]}
 */
export function happened({ date, day, customer, decision }, before) {
  const { orders = [], conversations = [], ratings = [] } = day.customer ?? {};
  return [
    ...orders.flatMap((news) => ofOrder(news, customer)),
    ...conversations.map((news) => ofConversation(news, customer)),
    ...ratings.map(({ score }) => ({
      kind: score > 6 ? "good" : "trouble",
      what: say({ es: "Nota", en: "Rating" }),
      words: say({ es: `${customer.givenName} pone un ${score}.`, en: `${customer.givenName} gives a ${score}.` }),
    })),
    ...ofBirthday(date, customer),
    ...ofStanding(decision.standing, before?.decision.standing),
  ];
}

/** @param {any} news @param {any} customer */
function ofOrder({ id, at, deliveredAt, incidents = [] }, customer) {
  const { total, items } = customer.orders.find((order) => order.id === id);
  const names = items.map(({ sku, quantity = 1 }) => (quantity > 1 ? `${quantity} × ` : "") + say(product(sku).name)).join(", ");
  const late = incidents.some(({ resolvedAt }) => !resolvedAt);
  return [
    at && {
      kind: "order",
      what: say({ es: "Pedido", en: "Order" }),
      words: say({ es: `${customer.givenName} encarga ${names}: ${money(total)}.`, en: `${customer.givenName} orders ${names}: ${money(total)}.` }),
    },
    late && {
      kind: "trouble",
      what: say({ es: "Retraso", en: "Delay" }),
      words: say({ es: "El paquete no ha llegado el día prometido.", en: "The parcel has not come on the day that was promised." }),
    },
    deliveredAt && {
      kind: "good",
      what: say({ es: "Entrega", en: "Delivery" }),
      words: incidents.length > 0 ? say({ es: `Por fin llega: ${names}.`, en: `Here at last: ${names}.` }) : say({ es: `Llega: ${names}.`, en: `It arrives: ${names}.` }),
    },
  ].filter(Boolean);
}

/** @param {any} news @param {any} customer */
function ofConversation({ at, solvedAt }, { givenName }) {
  if (at) {
    const words = say({ es: `${givenName} se queja, y con razón.`, en: `${givenName} complains, and rightly so.` });
    return { kind: "trouble", what: say({ es: "Queja", en: "Complaint" }), words };
  }
  const words = solvedAt ? say({ es: "Lola contesta y lo deja arreglado.", en: "Lola answers and puts it right." }) : say({ es: "Lola contesta.", en: "Lola answers." });
  return { kind: "good", what: say({ es: "Respuesta", en: "Answer" }), words };
}

/** Who was born on 29 February has a birthday every year all the same. @param {string} date @param {any} customer */
function ofBirthday(date, { givenName, birthday }) {
  const [year, day] = [Number(date.slice(0, 4)), date.slice(5)];
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;
  const on = birthday.slice(-5) === "02-29" && !leap ? "02-28" : birthday.slice(-5);
  if (day !== on) return [];
  const words =
    day === "02-29"
      ? say({ es: `${givenName} cumple años, y este año de verdad: es 29 de febrero.`, en: `${givenName}'s birthday, and a real one this year: it is 29 February.` })
      : say({ es: `${givenName} cumple años. Este año no hay 29 de febrero, así que es hoy.`, en: `${givenName}'s birthday. There is no 29 February this year, so it is today.` });
  return [{ kind: "date", what: say({ es: "Cumpleaños", en: "Birthday" }), words }];
}

/** @param {any} standing @param {any} [before] */
function ofStanding(standing, before = standing) {
  const changes = [];
  if (standing.phase !== before.phase) {
    const [from, to, why] = [phaseName(before.phase), phaseName(standing.phase), phaseReason(standing)];
    changes.push({
      kind: "relation",
      what: say({ es: "Fase", en: "Phase" }),
      words: say({ es: `De «${from}» a «${to}». ${why}`, en: `From “${from}” to “${to}”. ${why}` }),
    });
  }
  if (standing.tier !== before.tier) {
    const [from, to] = [tierName(before.tier), tierName(standing.tier)];
    changes.push({
      kind: "relation",
      what: say({ es: "Nivel", en: "Tier" }),
      words: say({ es: `De «${from}» a «${to}».`, en: `From “${from}” to “${to}”.` }),
    });
  }
  return changes;
}
