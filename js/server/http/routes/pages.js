// What a page and the server tell each other of its customer.

const records = { type: "array", items: { $ref: "LedgerRecord" } };
const wishes = { anyOf: [{ $ref: "Wishes" }, { type: "null" }] };

/** @type {import("../routes.js").Route} */
export const sync = {
  method: "POST",
  path: "/sync",
  who: ["customer"],
  about: "A page tells what its browser knows, and learns what the server knows: records, wishes, codes, presents, the shop's numbers.",
  body: {
    records: { schema: records, about: "what the server lacks: at most 500, of the channel `onsite`" },
    wishes: { schema: wishes, about: "a change: null removes one; absent: nothing changes" },
  },
  answer: { $ref: "Synced" },
  codes: ["invalid-value", "not-allowed"],
  run: ({ server, customer, body }) => server.sync(customer, body),
};

/** @type {import("../routes.js").Route} */
export const ledger = {
  method: "POST",
  path: "/ledger",
  who: ["customer"],
  about: "Reads the ledger of a customer, or changes it if nobody has since `version`: else 409, with what is kept now.",
  body: {
    version: { schema: { type: "string" }, about: "that of the answer before; absent: it is only read" },
    put: { schema: records, about: "records that are added, or get further" },
    wish: { schema: wishes, about: "a change of the wishes" },
    drop: { schema: { type: "array", items: { type: "string" } }, about: "ids of records that no decision reads any longer" },
  },
  answer: { $ref: "Ledger" },
  conflict: (/** @type {any} */ answer) => !answer.ok,
  codes: ["invalid-value", "not-allowed"],
  run: ({ server, customer, body }) => server.ledger(customer, body),
};
