// What the element itself says, apart from the shop's message. Spanish avoids choosing between tú and usted.

const WORDS = {
  en: {
    copied: "Link copied.",
    dismiss: "Dismiss",
    preferences: "My preferences",
    why: "Why am I seeing this?",
    order: "Because of an order placed in this shop.",
    delivery: "Because an order from this shop has arrived.",
    incident: "Because something went wrong with an order.",
    replenishment: "Because, going by past orders, something may be running out.",
    overdue: "Because there has been no order for longer than usual.",
    milestone: "Because of the orders so far in this shop.",
    birthday: "Because the shop was given this date as a birthday.",
    draw: "Because of a draw among the shop's customers.",
    cart: "Because there is something left in the cart.",
    event: "Because of what just happened on this page.",
    announcement: "Because the shop has something to announce.",
    where: "This was decided here, in the browser.",
  },
  es: {
    copied: "Enlace copiado.",
    dismiss: "Cerrar",
    preferences: "Mis preferencias",
    why: "¿Por qué aparece esto?",
    order: "Porque hay un pedido hecho en esta tienda.",
    delivery: "Porque ha llegado un pedido de esta tienda.",
    incident: "Porque algo ha ido mal con un pedido.",
    replenishment: "Porque, según los pedidos anteriores, puede que algo se esté acabando.",
    overdue: "Porque hace más tiempo que de costumbre que no hay un pedido.",
    milestone: "Por los pedidos hechos hasta hoy en esta tienda.",
    birthday: "Porque la tienda tiene anotada esta fecha de cumpleaños.",
    draw: "Por un sorteo entre la clientela de la tienda.",
    cart: "Porque queda algo en el carrito.",
    event: "Por lo que acaba de pasar en esta página.",
    announcement: "Porque la tienda tiene algo que anunciar.",
    where: "Se ha decidido aquí, en el navegador.",
  },
};

/**
 * The words for a reader, and the language they are in.
 * @param {string} locale
 */
export function wordsFor(locale) {
  const lang = /^es\b/i.test(locale) ? "es" : "en";
  return { lang, ...WORDS[lang] };
}

/** Occasions that have the words of another. */
const SAME = /** @type {Record<string, string>} */ ({ article: "delivery", packing: "order", activity: "milestone" });

/**
 * Why a contact is shown, in a reader's words.
 * @param {import("../types.d.ts").Contact} contact
 */
export function reasonFor({ why, message }) {
  const code = why?.[0]?.code ?? "";
  const words = /** @type {Record<string, string>} */ (wordsFor(message.locale));
  return words[SAME[code] ?? code] ?? words.announcement;
}
