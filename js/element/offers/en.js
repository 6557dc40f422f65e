// The words about offers and their codes in English. Every language has the same keys.

/** @type {import("../index.d.ts").OfferWords} */
export default {
  // beside a code
  copy: "Copy the code",
  codeCopied: "Code copied.",
  copyByHand: "The code could not be copied. It is selected here.",
  apply: "Apply",
  applied: "Applied.",
  notApplied: "It could not be applied.",
  copyInstead: "It could not be applied: copy the code.",

  // the list of what the customer has
  offers: "Presents",
  noOffers: "No presents at the moment.",
  until: "Until {date}",
};
