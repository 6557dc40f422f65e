// The dialog's words in English. Every language has the same keys.

/** @type {import("../index.d.ts").DialogWords} */
export default {
  lead: "Here the reader decides, not the shop.",
  "kept.page": "This browser keeps nothing, so what is chosen here holds until this page is closed.",
  "kept.browser": "What is chosen here holds in this browser.",
  often: "How often",
  anyOften: "As it is now",
  weekly: "Once a week at most",
  monthly: "Once a month at most",
  hour: "At what time",
  anyHour: "Any time",
  notBefore: "Not before {time}",
  topics: "About what",
  avoid: "No messages {where}",
  again: "Messages {where} again",
  save: "Save",
  cancel: "Cancel",
  stop: "No more messages, ever",
  forGood: "This is for good: no more messages {where}, apart from what an order requires. It can only be undone here.",
  "forGood.browser": "In this browser this is for good: no more messages {where}, apart from what an order requires. It can only be undone here.",
  "forGood.page": "Until this page is closed: no more messages {where}, apart from what an order requires. This browser keeps nothing for longer.",
  yes: "Yes, for good",
  back: "Go back",

  // {where}, by channel
  "where.onsite": "on the shop's pages",
  "where.email": "by e-mail",
  "where.push": "in notifications",
  "where.sms": "by text message",
  "where.phone": "by telephone",
  "where.post": "by post",
  "where.social": "on social networks",
};
