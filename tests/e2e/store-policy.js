// The policy of the tests of what a browser keeps: a campaign of each class. Nobody waits for another: whose turn it were would depend on the day.

const campaign = (/** @type {string} */ id, /** @type {string} */ group) => ({ id, kind: "announcement", class: group, channel: "onsite", placement: id, message: "m", repeat: "1d" });
export const policy = {
  querencia: 1,
  shop: { name: "Casa Lola", currency: "EUR", country: "ES", zone: "Europe/Madrid", locales: ["en"] },
  limits: [{ id: "one", max: 1, per: "7d", class: "relational" }],
  arbitration: { contacts: 2 },
  campaigns: [campaign("news", "relational"), campaign("sale", "promotional"), { id: "notice", kind: "notFound", channel: "onsite", placement: "notice", message: "m" }],
  messages: { m: { en: [{ body: "Hello" }] } },
};
