// The element's words in English. Every language has the same keys.

/** @type {import("../index.d.ts").MessageWords} */
export default {
  // below a message
  why: "Why am I seeing this?",
  preferences: "My preferences",
  dismiss: "Dismiss",
  copied: "Link copied.",

  // the answer to `why`, by the occasion of the message
  "why.order": "Because of an order placed in this shop.",
  "why.delivery": "Because an order from this shop has arrived.",
  "why.incident": "Because something went wrong with an order.",
  "why.replenishment": "Because, going by past orders, something may be running out.",
  "why.overdue": "Because there has been no order for longer than usual.",
  "why.milestone": "Because of the orders so far in this shop.",
  "why.birthday": "Because the shop was given this date as a birthday.",
  "why.draw": "Because of a draw among the shop's customers.",
  "why.cart": "Because there is something left in the cart.",
  "why.event": "Because of what just happened on this page.",
  "why.announcement": "Because the shop has something to announce.",
  decidedHere: "This was decided here, in the browser.",

  // the dialog about preferences
};
