// What the element itself says, apart from the shop's message. Spanish avoids choosing between tú and usted.

const WORDS = {
  en: {
    dismiss: "Dismiss",
    preferences: "My preferences",
    why: "Why am I seeing this?",
    order: "Because of an order placed in this shop.",
    birthday: "Because the shop was given this date as a birthday.",
    announcement: "Because the shop has something to announce.",
    where: "This was decided here, in the browser.",
  },
  es: {
    dismiss: "Cerrar",
    preferences: "Mis preferencias",
    why: "¿Por qué aparece esto?",
    order: "Porque hay un pedido hecho en esta tienda.",
    birthday: "Porque la tienda tiene anotada esta fecha de cumpleaños.",
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
