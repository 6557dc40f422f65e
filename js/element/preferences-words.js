// What the dialog about preferences says. Spanish avoids choosing between tú and usted.

const WORDS = {
  en: {
    title: "My preferences",
    lead: "Here the reader decides, not the shop.",
    often: "How often",
    anyOften: "As it is now",
    weekly: "Once a week at most",
    monthly: "Once a month at most",
    hour: "At what time",
    anyHour: "Any time",
    notBefore: (/** @type {string} */ time) => `Not before ${time}`,
    topics: "About what",
    avoid: (/** @type {string} */ where) => `No messages ${where}`,
    save: "Save",
    cancel: "Cancel",
    stop: "No more messages, ever",
    forGood: (/** @type {string} */ where) =>
      `This is for good: no more messages ${where}, apart from what an order requires. It cannot be undone.`,
    yes: "Yes, for good",
    back: "Go back",
    where: {
      onsite: "on the shop's pages",
      email: "by e-mail",
      push: "in notifications",
      sms: "by text message",
      phone: "by telephone",
      post: "by post",
      social: "on social networks",
    },
  },
  es: {
    title: "Mis preferencias",
    lead: "Aquí decide quien lee, no la tienda.",
    often: "Con qué frecuencia",
    anyOften: "Como hasta ahora",
    weekly: "Una vez por semana, como mucho",
    monthly: "Una vez al mes, como mucho",
    hour: "A qué hora",
    anyHour: "A cualquier hora",
    notBefore: (/** @type {string} */ time) => `No antes de las ${time}`,
    topics: "De qué temas",
    avoid: (/** @type {string} */ where) => `Sin mensajes ${where}`,
    save: "Guardar",
    cancel: "Cancelar",
    stop: "Ningún mensaje más, nunca",
    forGood: (/** @type {string} */ where) =>
      `Es para siempre: no habrá más mensajes ${where}, salvo los que un pedido exija. No tiene vuelta atrás.`,
    yes: "Sí, para siempre",
    back: "Volver",
    where: {
      onsite: "en las páginas de la tienda",
      email: "por correo electrónico",
      push: "en notificaciones",
      sms: "por SMS",
      phone: "por teléfono",
      post: "por correo postal",
      social: "en redes sociales",
    },
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
