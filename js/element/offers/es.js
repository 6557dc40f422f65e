// The words about offers and their codes in Spanish. They avoid choosing between tú and usted.

/** @type {import("../index.d.ts").OfferWords} */
export default {
  copy: "Copiar el código",
  codeCopied: "Código copiado.",
  copyByHand: "No se ha podido copiar el código. Aquí está, seleccionado.",
  apply: "Aplicar",
  applied: "Aplicado.",
  notApplied: "No se ha podido aplicar.",
  copyInstead: "No se ha podido aplicar: es mejor copiar el código.",

  offers: "Regalos",
  noOffers: "Ahora mismo no hay regalos.",
  until: "Hasta el {date}",
};
