// The dialog's words in Spanish. They avoid choosing between tú and usted.

/** @type {import("../index.d.ts").DialogWords} */
export default {
  lead: "Aquí decide quien lee, no la tienda.",
  "kept.page": "Este navegador no guarda nada: lo que se elija vale hasta que se cierre esta página.",
  "kept.browser": "Lo que se elija vale en este navegador.",
  often: "Con qué frecuencia",
  anyOften: "Como hasta ahora",
  weekly: "Una vez por semana, como mucho",
  monthly: "Una vez al mes, como mucho",
  hour: "A qué hora",
  anyHour: "A cualquier hora",
  notBefore: "No antes de las {time}",
  topics: "De qué temas",
  avoid: "Sin mensajes {where}",
  again: "De nuevo mensajes {where}",
  save: "Guardar",
  cancel: "Cancelar",
  stop: "Ningún mensaje más, nunca",
  forGood: "Es para siempre: no habrá más mensajes {where}, salvo los que un pedido exija. Solo aquí se puede volver atrás.",
  "forGood.browser": "En este navegador es para siempre: no habrá más mensajes {where}, salvo los que un pedido exija. Solo aquí se puede volver atrás.",
  "forGood.page": "Hasta que se cierre esta página: no habrá más mensajes {where}, salvo los que un pedido exija. Este navegador no guarda nada más tiempo.",
  yes: "Sí, para siempre",
  back: "Volver",

  "where.onsite": "en las páginas de la tienda",
  "where.email": "por correo electrónico",
  "where.push": "en notificaciones",
  "where.sms": "por SMS",
  "where.phone": "por teléfono",
  "where.post": "por correo postal",
  "where.social": "en redes sociales",
};
