// The element's words in Spanish. They avoid choosing between tú and usted.

/** @type {import("../index.d.ts").MessageWords} */
export default {
  why: "¿Por qué aparece esto?",
  preferences: "Mis preferencias",
  dismiss: "Cerrar",
  copied: "Enlace copiado.",

  "why.order": "Porque hay un pedido hecho en esta tienda.",
  "why.delivery": "Porque ha llegado un pedido de esta tienda.",
  "why.incident": "Porque algo ha ido mal con un pedido.",
  "why.replenishment": "Porque, según los pedidos anteriores, puede que algo se esté acabando.",
  "why.overdue": "Porque ha pasado más tiempo de lo habitual desde el último pedido.",
  "why.milestone": "Por los pedidos hechos hasta hoy en esta tienda.",
  "why.birthday": "Porque la tienda tiene anotada esta fecha de cumpleaños.",
  "why.draw": "Por un sorteo entre la clientela de la tienda.",
  "why.cart": "Porque queda algo en la cesta.",
  "why.event": "Por lo que acaba de pasar en esta página.",
  "why.announcement": "Porque la tienda tiene algo que anunciar.",
  decidedHere: "Se ha decidido aquí, en el navegador.",
};
