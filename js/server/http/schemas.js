// Generated from the fields the engine reads by `cargo xtask generate`. Do not edit.

/** What the server takes and answers, by name, as JSON Schema. @type {Record<string, any>} */
export const SCHEMAS = {
  "Moment": {
    "type": "object",
    "properties": {
      "now": { "type": ["integer", "string"], "description": "the moment to decide about" },
      "zone": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "IANA name of the customer's time zone; absent: unknown, so rules about local time must pass in every zone of `zones`"
      },
      "zones": {
        "anyOf": [{ "type": "object", "additionalProperties": {} }, { "type": "null" }],
        "description": "by zone: rows of an instant and the minutes east of UTC from then on, as `[[0, 60]]`"
      },
      "explain": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "false: the answer has contacts, ghosts, presents and `nextAt` alone, in about half of the time; absent: true"
      },
      "nextAt": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "false: the answer has no `nextAt`, which saves some time more; absent: true"
      },
      "event": {
        "anyOf": [{ "$ref": "#/components/schemas/Event" }, { "type": "null" }],
        "description": "the event that just happened; absent: a page view, or a nightly run"
      },
      "visit": {
        "anyOf": [{ "$ref": "#/components/schemas/Visit" }, { "type": "null" }],
        "description": "the current visit; at most one question is asked in it; absent: not known"
      },
      "channels": {
        "anyOf": [
          { "type": "array", "items": { "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"] } },
          { "type": "null" }
        ],
        "description": "the channels that are asked about; campaigns of other channels are left out of the decision, as if the policy had none; absent: all"
      },
      "placements": {
        "anyOf": [{ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 4096 } }, { "type": "null" }],
        "description": "the placements of this page; an onsite campaign with another placement is left out; absent: any"
      },
      "without": {
        "anyOf": [{ "type": "array", "items": { "enum": ["store", "server"] } }, { "type": "null" }],
        "description": "what the asker lacks: `store`: it does not keep what it says beyond this page, so limits cannot be held, and the policy's `page.withoutStore` says what may be said; `server`: the shop's server does not answer, so what it knows is missing, and `page.withoutServer` says it; of both the stricter holds; absent: nothing"
      },
      "catalog": {
        "anyOf": [{ "$ref": "#/components/schemas/Catalog" }, { "type": "null" }],
        "description": "articles with prices and stock, for claims and suggestions; absent: no claim about an article can be proved"
      },
      "shop": { "anyOf": [{ "$ref": "#/components/schemas/ShopNow" }, { "type": "null" }], "description": "the state of the whole shop" }
    },
    "required": ["now"],
    "additionalProperties": false
  },
  "Event": {
    "type": "object",
    "properties": {
      "name": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the name of the event, as GA4 has it; absent: a page view"
      },
      "at": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when it happened; absent: now"
      },
      "order": {
        "anyOf": [{ "$ref": "#/components/schemas/Order" }, { "type": "null" }],
        "description": "the order of a `purchase`; merged with the customer's copy of it, and placed at `now` whatever its `at`"
      }
    },
    "required": [],
    "additionalProperties": true
  },
  "Order": {
    "type": "object",
    "properties": {
      "id": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the order; copies with the same id are merged; absent: its `number`; an order without both gets a message only with its `purchase` event"
      },
      "number": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the number that the customer sees, where it is not the id; whatever names it means this order, if no other has it and none has it as its id"
      },
      "at": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when it was placed; absent: not known, which counts as placed"
      },
      "updatedAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when this copy of the order was written; of two copies the later is kept whole, and one without it is older than any with it"
      },
      "paid": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "false: the payment failed or is awaited, so the order counts for nothing yet; absent: paid, or paid on delivery"
      },
      "renewal": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: a subscription placed it, not the customer, so promotions do not pause after it"
      },
      "promisedBy": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "the latest instant that the shop promised for its delivery; once it has passed, the parcel is late: an incident of its own until it is delivered or undone, for at most 30 days"
      },
      "shippedAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when it was shipped; later than `deliveredAt`: when it was shipped again"
      },
      "deliveredAt": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when it was delivered" },
      "cancelledAt": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when it was cancelled" },
      "returnedAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when the whole order was returned; absent: returned once each of its items is"
      },
      "refundedAt": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when it was refunded" },
      "refunded": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "how much was given back, in minor units; less than `total` undoes nothing"
      },
      "total": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "what the customer paid, in minor units"
      },
      "currency": {
        "anyOf": [{ "type": "string", "pattern": "^[A-Z]{3}$" }, { "type": "null" }],
        "description": "ISO 4217; a problem if it is not the shop's and the order has amounts"
      },
      "margin": {
        "anyOf": [{ "type": "integer", "minimum": -9007199254740991, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "what the shop earned on it after returns and shipping, in minor units; may be negative"
      },
      "items": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Item" } }, { "type": "null" }],
        "description": "the articles bought"
      },
      "incidents": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Incident" } }, { "type": "null" }],
        "description": "what went wrong with it"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Item": {
    "type": "object",
    "properties": {
      "sku": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the article"
      },
      "family": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the product family"
      },
      "quantity": {
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 9007199254740 }, { "type": "null" }],
        "description": "how many of it, or how much, as `1.5`; rounded to three decimals; absent: 1"
      },
      "price": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "the price of one, in minor units"
      },
      "deliveredAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when this article was delivered, if not with the rest of the order"
      },
      "returnedAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when this article was returned"
      },
      "returned": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: this article was returned, and nobody knows when"
      },
      "gift": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: for somebody else, so the customer is neither asked for a review of it nor told that it runs out"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Incident": {
    "type": "object",
    "properties": {
      "kind": { "description": "what went wrong; an entry without it is left out", "const": null },
      "at": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when it began; absent: not known, which counts as begun"
      },
      "resolvedAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when it was resolved; absent: not yet"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Visit": {
    "type": "object",
    "properties": {
      "since": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when the visit began; after `now` or absent: no visit"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Catalog": {
    "type": "object",
    "properties": {
      "products": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Product" } }, { "type": "null" }],
        "description": "the articles; suggestions follow this order"
      },
      "surcharges": {
        "anyOf": [{ "type": "object", "additionalProperties": { "$ref": "#/components/schemas/Surcharge" } }, { "type": "null" }],
        "description": "taxes and duties due beside the price, by region: a country or country-postcode as `ES-35`; `*`: all others"
      },
      "shipping": {
        "anyOf": [{ "type": "object", "additionalProperties": { "$ref": "#/components/schemas/ShippingCost" } }, { "type": "null" }],
        "description": "what shipping a parcel costs, by region"
      },
      "taxIncluded": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "false: prices are without taxes, so messages to consumers show no price; absent: true"
      },
      "raffles": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Raffle" } }, { "type": "null" }],
        "description": "raffles to come and past ones"
      },
      "notAsDescribed": {
        "anyOf": [
          { "type": "object", "additionalProperties": { "type": "integer", "minimum": 0, "maximum": 9007199254740991 } },
          { "type": "null" }
        ],
        "description": "by product family: how many returns and incidents said that the article was not as described"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Product": {
    "type": "object",
    "properties": {
      "sku": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the article's own id; an article without it is left out"
      },
      "family": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the product family"
      },
      "name": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the name that customers see"
      },
      "url": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the address of its page: `https://…`, or relative to the pages of the shop as `/cantaro`; another address is not used"
      },
      "price": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 999999999999 }, { "type": "null" }],
        "description": "the price now, in minor units, taxes included; absent: the latest of `history`"
      },
      "history": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/PricePoint" } }, { "type": "null" }],
        "description": "the prices until now, in any order, at most 1000; a reduction is computed from them"
      },
      "stock": {
        "anyOf": [{ "type": "number", "minimum": 0 }, { "type": "null" }],
        "description": "how many are in stock; below 0: 0; absent: unknown, which counts as in stock"
      },
      "rating": {
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 10 }, { "type": "null" }],
        "description": "0 to 10, by all customers; absent: unknown"
      },
      "consumable": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: it is used up and bought again, so it may be suggested to those who have it"
      },
      "claims": {
        "anyOf": [{ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 4096 } }, { "type": "null" }],
        "description": "facts that messages may claim of it, as `handmade`"
      },
      "with": {
        "anyOf": [{ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 4096 } }, { "type": "null" }],
        "description": "the articles that go with it, by sku; of the articles that could be suggested those come first that go with one the customer has"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "PricePoint": {
    "type": "object",
    "properties": {
      "at": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when the price began; it holds until the next one begins; absent: nothing is known of earlier prices"
      },
      "price": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 999999999999 }, { "type": "null" }],
        "description": "in minor units, taxes included; absent: not known"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Surcharge": {
    "type": "object",
    "properties": {
      "amount": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 999999999999 }, { "type": "null" }],
        "description": "in minor units"
      },
      "percent": {
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 100 }, { "type": "null" }],
        "description": "of the price; added to `amount` if both are given"
      },
      "what": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the name of the tax or duty, as `IGIC`; absent: no message can name it"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "ShippingCost": {
    "type": "object",
    "properties": {
      "amount": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 999999999999 }, { "type": "null" }],
        "description": "in minor units, taxes included; absent: not known"
      },
      "freeFrom": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 999999999999 }, { "type": "null" }],
        "description": "the order total from which shipping is free; absent: never"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Raffle": {
    "type": "object",
    "properties": {
      "id": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the raffle's own id; absent: no message can be about it"
      },
      "terms": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the address of its terms"
      },
      "prize": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the prize"
      },
      "drawAt": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when the winner is drawn" },
      "winner": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the winner, as published; while a past raffle has none, no raffle may be announced"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "ShopNow": {
    "type": "object",
    "properties": {
      "unanswered": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "how many conversations of all customers wait for an answer"
      },
      "issued": {
        "anyOf": [
          { "type": "object", "additionalProperties": { "type": "integer", "minimum": 0, "maximum": 9007199254740991 } },
          { "type": "null" }
        ],
        "description": "by offer: how many were given in the current unit of its budget, as this month; an offer that is not named was given to nobody; absent: not known, so no offer with a budget is given"
      },
      "fatigue": {
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 1000 }, { "type": "null" }],
        "description": "how many unsubscribe or report spam, of 1,000 contacts of the whole shop; absent: 0"
      },
      "fatigueBy": {
        "anyOf": [
          { "type": "object", "additionalProperties": { "type": "number", "minimum": 0, "maximum": 1000 } },
          { "type": "null" }
        ],
        "description": "by campaign: the same of its own contacts"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Request": {
    "type": "object",
    "properties": {
      "now": { "type": ["integer", "string"], "description": "the moment to decide about" },
      "zone": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "IANA name of the customer's time zone; absent: unknown, so rules about local time must pass in every zone of `zones`"
      },
      "zones": {
        "anyOf": [{ "type": "object", "additionalProperties": {} }, { "type": "null" }],
        "description": "by zone: rows of an instant and the minutes east of UTC from then on, as `[[0, 60]]`"
      },
      "explain": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "false: the answer has contacts, ghosts, presents and `nextAt` alone, in about half of the time; absent: true"
      },
      "nextAt": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "false: the answer has no `nextAt`, which saves some time more; absent: true"
      },
      "event": {
        "anyOf": [{ "$ref": "#/components/schemas/Event" }, { "type": "null" }],
        "description": "the event that just happened; absent: a page view, or a nightly run"
      },
      "visit": {
        "anyOf": [{ "$ref": "#/components/schemas/Visit" }, { "type": "null" }],
        "description": "the current visit; at most one question is asked in it; absent: not known"
      },
      "channels": {
        "anyOf": [
          { "type": "array", "items": { "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"] } },
          { "type": "null" }
        ],
        "description": "the channels that are asked about; campaigns of other channels are left out of the decision, as if the policy had none; absent: all"
      },
      "placements": {
        "anyOf": [{ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 4096 } }, { "type": "null" }],
        "description": "the placements of this page; an onsite campaign with another placement is left out; absent: any"
      },
      "without": {
        "anyOf": [{ "type": "array", "items": { "enum": ["store", "server"] } }, { "type": "null" }],
        "description": "what the asker lacks: `store`: it does not keep what it says beyond this page, so limits cannot be held, and the policy's `page.withoutStore` says what may be said; `server`: the shop's server does not answer, so what it knows is missing, and `page.withoutServer` says it; of both the stricter holds; absent: nothing"
      },
      "catalog": {
        "anyOf": [{ "$ref": "#/components/schemas/Catalog" }, { "type": "null" }],
        "description": "articles with prices and stock, for claims and suggestions; absent: no claim about an article can be proved"
      },
      "shop": { "anyOf": [{ "$ref": "#/components/schemas/ShopNow" }, { "type": "null" }], "description": "the state of the whole shop" },
      "customer": { "anyOf": [{ "$ref": "#/components/schemas/Customer" }, { "type": "null" }], "description": "the customer; absent: a guest" },
      "ledger": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/LedgerRecord" } }, { "type": "null" }],
        "description": "the records of earlier contacts; absent: unknown, so the customer counts as not recognised"
      }
    },
    "required": ["now"],
    "additionalProperties": false
  },
  "Customer": {
    "type": "object",
    "properties": {
      "id": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "absent: a guest"
      },
      "locale": {
        "anyOf": [{ "type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" }, { "type": "null" }],
        "description": "the language the customer reads, a BCP 47 tag as `es-ES`"
      },
      "givenName": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the name to address the customer by"
      },
      "form": {
        "anyOf": [{ "enum": ["formal", "informal"] }, { "type": "null" }],
        "description": "how to address the customer: `formal` as usted, `informal` as tú"
      },
      "birthday": {
        "anyOf": [{ "type": "string", "pattern": "^(\\d{4}|-)-\\d{2}-\\d{2}$" }, { "type": "null" }],
        "description": "`--MM-DD`, or `YYYY-MM-DD`, of which the year is not kept"
      },
      "birthdaySince": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when the birthday was entered or last changed; a birthday entered a short while ago gets no message"
      },
      "since": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when they became a customer" },
      "destination": { "anyOf": [{ "$ref": "#/components/schemas/Destination" }, { "type": "null" }], "description": "where parcels go" },
      "orders": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Order" } }, { "type": "null" }],
        "description": "the orders, in any order; copies with the same id are merged"
      },
      "conversations": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Conversation" } }, { "type": "null" }],
        "description": "what the customer wrote to the shop; copies with the same id are merged"
      },
      "mentions": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Mention" } }, { "type": "null" }],
        "description": "what the customer wrote about the shop elsewhere"
      },
      "ratings": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Rating" } }, { "type": "null" }],
        "description": "how the customer rated orders and articles"
      },
      "consent": {
        "anyOf": [{ "$ref": "#/components/schemas/Consent" }, { "type": "null" }],
        "description": "what the customer allows, by channel, and whether cart and forms may be read"
      },
      "wishes": {
        "anyOf": [{ "$ref": "#/components/schemas/Wishes" }, { "type": "null" }],
        "description": "what the customer asked the shop to do less; no rule overrides it"
      },
      "affinity": {
        "anyOf": [
          { "type": "object", "additionalProperties": { "type": "number", "minimum": 0, "maximum": 100 } },
          { "type": "null" }
        ],
        "description": "by topic: how much the customer cares for it, 0 to 100, computed by the shop"
      },
      "cart": { "anyOf": [{ "$ref": "#/components/schemas/Cart" }, { "type": "null" }], "description": "the cart now" },
      "activity": {
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 100 }, { "type": "null" }],
        "description": "how active the customer is among all customers, a percentile computed by the shop"
      },
      "dates": {
        "anyOf": [
          { "type": "object", "additionalProperties": { "type": "string", "pattern": "^(\\d{4}|-)-\\d{2}-\\d{2}$" } },
          { "type": "null" }
        ],
        "description": "other days of theirs by name, as `pet`: `--MM-DD` or `YYYY-MM-DD`; no rule asks for them yet"
      },
      "searches": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Search" } }, { "type": "null" }],
        "description": "what the customer searched for on the site; read only if `consent.forms` is true"
      },
      "forms": {
        "anyOf": [{ "$ref": "#/components/schemas/Forms" }, { "type": "null" }],
        "description": "what the customer filled in on the site; read only if `consent.forms` is true"
      },
      "attributes": {
        "anyOf": [{ "$ref": "#/components/schemas/Attributes" }, { "type": "null" }],
        "description": "facts of the shop's own, for conditions"
      },
      "codes": {
        "anyOf": [
          {
            "type": "object",
            "additionalProperties": { "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "$ref": "#/components/schemas/Code" }] }
          },
          { "type": "null" }
        ],
        "description": "by offer: the personal code that the server has issued"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Destination": {
    "type": "object",
    "properties": {
      "country": {
        "anyOf": [{ "type": "string", "pattern": "^[A-Z]{2}$" }, { "type": "null" }],
        "description": "ISO 3166 code of the country that parcels go to, as `ES`"
      },
      "postcode": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "as the country writes it; spaces do not matter, nor does the country before it, as `es-` in `es-35001`"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Conversation": {
    "type": "object",
    "properties": {
      "id": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the conversation; copies with the same id are merged"
      },
      "kind": { "description": "a complaint holds promotions until it is solved; absent: a question", "const": null },
      "at": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when the customer wrote" },
      "answeredAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when a person of the shop answered"
      },
      "autoReplyAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when an automatic reply was sent; it does not count as an answer"
      },
      "callbackAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when the customer wants to be called; done once `answeredAt` is not before it"
      },
      "solvedAt": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when it was solved" },
      "reopenedAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when the customer wrote again after an answer or a solution; the reply is due from then on"
      },
      "orderId": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the order it is about"
      },
      "family": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the product family it is about"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Mention": {
    "type": "object",
    "properties": {
      "id": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the mention; copies with the same id are merged"
      },
      "at": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when the customer wrote it" },
      "engagedAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when the shop answered it; absent: not yet, so it is a task"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Rating": {
    "type": "object",
    "properties": {
      "orderId": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the order that is rated"
      },
      "sku": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the article that is rated"
      },
      "score": {
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 10 }, { "type": "null" }],
        "description": "0 to 10; absent: it is no rating yet"
      },
      "at": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when the customer gave it" }
    },
    "required": [],
    "additionalProperties": false
  },
  "Consent": {
    "type": "object",
    "properties": {
      "onsite": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "false: only transactional contacts; absent: allowed"
      },
      "email": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: allowed; false: only transactional contacts; absent: only transactional and service contacts"
      },
      "push": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: allowed; false: only transactional contacts; absent: only transactional and service contacts"
      },
      "sms": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: allowed; false: only transactional contacts; absent: only transactional and service contacts"
      },
      "phone": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: allowed; false: only transactional contacts; absent: only transactional and service contacts"
      },
      "post": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "false: only transactional contacts; absent: allowed"
      },
      "social": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: allowed; false: only transactional contacts; absent: only transactional and service contacts"
      },
      "cart": { "anyOf": [{ "type": "boolean" }, { "type": "null" }], "description": "false: `cart` is ignored" },
      "forms": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "true: `forms` is read; else it is ignored"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Wishes": {
    "type": "object",
    "properties": {
      "unsubscribed": {
        "anyOf": [
          { "type": "array", "items": { "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"] } },
          { "type": "null" }
        ],
        "description": "channels that the customer unsubscribed from; a later consent does not undo it, only their own `subscribe` does"
      },
      "spam": {
        "anyOf": [
          { "type": "array", "items": { "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"] } },
          { "type": "null" }
        ],
        "description": "channels on which the customer reported spam; a later consent does not undo it"
      },
      "subscribe": {
        "anyOf": [
          { "type": "array", "items": { "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"] } },
          { "type": "null" }
        ],
        "description": "channels that the customer subscribed to again, by their own act: `unsubscribed` no longer holds there, `spam` does"
      },
      "avoid": {
        "anyOf": [
          { "type": "array", "items": { "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"] } },
          { "type": "null" }
        ],
        "description": "channels that the customer would rather not be contacted on"
      },
      "lessOften": {
        "anyOf": [{ "type": "string", "pattern": "^[0-9]*[1-9][0-9]*[smhdw]$" }, { "type": "null" }],
        "description": "at most one contact in this time, on all channels together, as `7d`"
      },
      "quiet": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/QuietHours" } }, { "type": "null" }],
        "description": "hours in which the customer does not want to be contacted"
      },
      "topics": {
        "anyOf": [{ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 4096 } }, { "type": "null" }],
        "description": "the only topics that the customer wants to hear about; absent: any"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "QuietHours": {
    "type": "object",
    "properties": {
      "from": {
        "type": "string",
        "pattern": "^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$",
        "description": "the customer's local time at which quiet hours begin, for example `22:00`"
      },
      "to": {
        "type": "string",
        "pattern": "^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$",
        "description": "the local time at which they end; the next day, if it is earlier than `from`; at most `24:00`"
      },
      "channels": {
        "anyOf": [
          { "type": "array", "items": { "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"] } },
          { "type": "null" }
        ],
        "description": "the channels that are not used then; absent: all except `onsite` and `post`"
      },
      "places": {
        "anyOf": [{ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 4096 } }, { "type": "null" }],
        "description": "only for customers there: a country (`ES`) or the beginning of a postcode (`ES-08`); those whose country or postcode is unknown may be there; absent: everywhere"
      },
      "days": {
        "anyOf": [
          { "type": "array", "items": { "enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } },
          { "type": "null" }
        ],
        "description": "the weekdays on which they begin; with `dates`: these weekdays and those dates; absent: every day"
      },
      "dates": {
        "anyOf": [
          { "type": "array", "items": { "type": "string", "pattern": "^(\\d{4}|-)-\\d{2}-\\d{2}$" } },
          { "type": "null" }
        ],
        "description": "the dates on which they begin: `2026-12-25`, or every year `--12-25`"
      }
    },
    "required": ["from", "to"],
    "additionalProperties": false
  },
  "Cart": {
    "type": "object",
    "properties": {
      "total": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "in minor units; absent: the sum of the items, where the price of each is known"
      },
      "count": {
        "anyOf": [{ "type": "number", "minimum": 0, "maximum": 9007199254740 }, { "type": "null" }],
        "description": "how many articles; absent: the sum of the items"
      },
      "families": {
        "anyOf": [{ "type": "array", "items": { "type": "string", "minLength": 1, "maxLength": 4096 } }, { "type": "null" }],
        "description": "the product families in the cart; absent: those of the items"
      },
      "items": {
        "anyOf": [{ "type": "array", "items": { "$ref": "#/components/schemas/Item" } }, { "type": "null" }],
        "description": "the articles in the cart"
      },
      "at": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when the customer last changed the cart"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "Search": {
    "type": "object",
    "properties": {
      "text": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "what the customer typed"
      },
      "at": { "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }], "description": "when; absent: not long ago" }
    },
    "required": [],
    "additionalProperties": false
  },
  "Forms": { "type": "object", "properties": {}, "required": [], "additionalProperties": true },
  "Attributes": { "type": "object", "properties": {}, "required": [], "additionalProperties": true },
  "Code": {
    "type": "object",
    "properties": {
      "code": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "what the customer types; absent: not issued yet"
      },
      "contact": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the only contact that may show the code; absent: any contact with the offer"
      },
      "expiresAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "the instant from which the code cannot be used; absent: it does not expire"
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "LedgerRecord": {
    "type": "object",
    "properties": {
      "id": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "the id of the contact that `decide` returned; records with the same `id` are copies of one record"
      },
      "campaign": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "the campaign of the contact; a record of a campaign that the policy no longer has counts too"
      },
      "class": {
        "enum": ["transactional", "service", "relational", "promotional"],
        "description": "the class of the contact when it was decided"
      },
      "channel": {
        "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"],
        "description": "the channel of the contact when it was decided"
      },
      "placement": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the placement on the page, of an onsite contact"
      },
      "at": { "type": ["integer", "string"], "description": "when the contact was decided" },
      "state": {
        "enum": ["ghost", "reserved", "released", "armed", "delivered", "failed"],
        "description": "how far the contact got; the highest state is kept when copies are merged"
      },
      "leaseUntil": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "until when a `reserved` record counts; absent: `at` + 15 minutes"
      },
      "seenAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "when a record whose `at` is in the future was first read; it is used instead of an `at` more than five minutes after it; the earliest is kept when copies are merged"
      },
      "versionAt": {
        "anyOf": [{ "type": ["integer", "string"] }, { "type": "null" }],
        "description": "of a merged record: the `at` of the copy its other fields come from, if another copy has a later `at`"
      },
      "occurrence": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "what the contact was about, as the id of the order or the year of the birthday"
      },
      "offer": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the offer in the contact"
      },
      "variant": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "which variant of the message was shown, from 0"
      },
      "policy": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the hash of the policy that decided the contact"
      },
      "reaction": {
        "anyOf": [{ "enum": ["dismissed", "clicked", "converted"] }, { "type": "null" }],
        "description": "what the customer did with the contact; the highest is kept when copies are merged, in the order dismissed, clicked, converted"
      },
      "urgent": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "whether the contact was urgent, as in its campaign"
      },
      "digest": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "of a contact in a digest: the id of the first contact of that digest, which may be its own"
      }
    },
    "required": ["id", "campaign", "class", "channel", "at", "state"],
    "additionalProperties": false
  },
  "Decision": {
    "type": "object",
    "properties": {
      "contacts": { "type": "array", "items": { "$ref": "#/components/schemas/Contact" }, "description": "the contacts to make now" },
      "ghosts": {
        "type": "array",
        "items": { "$ref": "#/components/schemas/Contact" },
        "description": "contacts that are not made because the customer is in the holdout group: record them, do not show them"
      },
      "refused": {
        "type": "array",
        "items": { "$ref": "#/components/schemas/RefusedCampaign" },
        "description": "every other campaign and why it is held back, in the order of the policy"
      },
      "entitled": {
        "type": "array",
        "items": { "$ref": "#/components/schemas/Present" },
        "description": "the presents that the customer has now, spoken of or not, in the order of the policy, those of a campaign by `occurrence`"
      },
      "tasks": {
        "type": "array",
        "items": { "$ref": "#/components/schemas/Task" },
        "description": "what the shop's people should do, the soonest due first"
      },
      "standing": { "$ref": "#/components/schemas/Standing", "description": "what is known of the relation with the customer" },
      "nextAt": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "the earliest future `retryAt` or `expiresAt`, in epoch milliseconds: before it, with nothing changed, there is no new contact; null: none is known"
      },
      "policy": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the SHA-256 of the policy's RFC 8785 form; null: the host computed none"
      }
    },
    "required": ["contacts", "ghosts", "refused", "entitled", "tasks", "standing"],
    "additionalProperties": false
  },
  "Contact": {
    "type": "object",
    "properties": {
      "id": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "32 hexadecimal digits. The same campaign, customer, occurrence and attempt give the same id"
      },
      "campaign": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "the campaign that speaks" },
      "class": { "enum": ["transactional", "service", "relational", "promotional"], "description": "the class of the campaign" },
      "channel": { "enum": ["onsite", "email", "push", "sms", "phone", "post", "social"], "description": "the channel to use" },
      "placement": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the place on the page; null: not an onsite contact"
      },
      "occurrence": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "what the contact is about: an order's id, a birthday's year, …"
      },
      "at": {
        "type": "integer",
        "minimum": 0,
        "maximum": 9007199254740991,
        "description": "when the decision was made, in epoch milliseconds"
      },
      "expiresAt": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "when the occasion ends, in epoch milliseconds; null: it has no end"
      },
      "message": { "$ref": "#/components/schemas/ContactMessage", "description": "what to show or send" },
      "offer": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the offer that the contact carries; null: none"
      },
      "urgent": { "type": "boolean", "description": "whether the campaign is marked `urgent`" },
      "digest": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the first contact of the digest that this one belongs to; null: it is in no digest"
      },
      "why": {
        "type": "array",
        "items": { "$ref": "#/components/schemas/Reason" },
        "description": "the reasons to show to a customer who asks why they see the message"
      }
    },
    "required": ["id", "campaign", "class", "channel", "occurrence", "at", "message", "urgent", "why"],
    "additionalProperties": false
  },
  "ContactMessage": {
    "type": "object",
    "properties": {
      "locale": {
        "type": "string",
        "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
        "description": "the locale of the message: the best match for the customer's among those that the message has"
      },
      "variant": {
        "type": "integer",
        "minimum": 0,
        "maximum": 9007199254740991,
        "description": "the index of the chosen variant, from 0"
      },
      "title": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the title, a template; null: none"
      },
      "body": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "the text, a template" },
      "share": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the call to share the message, a template; null: the variant has none, or it is left out because of a recent complaint"
      },
      "action": {
        "anyOf": [{ "$ref": "#/components/schemas/Action" }, { "type": "null" }],
        "description": "a link below the text; null: none"
      },
      "image": {
        "anyOf": [{ "$ref": "#/components/schemas/Image" }, { "type": "null" }],
        "description": "a picture above the text; null: none"
      },
      "params": {
        "type": "object",
        "additionalProperties": { "$ref": "#/components/schemas/Param" },
        "description": "the values that the templates insert, by name"
      },
      "stripped": {
        "type": "array",
        "items": { "$ref": "#/components/schemas/StrippedVariant" },
        "description": "the variants that were not chosen because a claim does not hold, each with its reason"
      },
      "signer": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the person who signs the message"
      },
      "benefit": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "why the message is useful to the reader"
      }
    },
    "required": ["locale", "variant", "body", "params", "stripped"],
    "additionalProperties": false
  },
  "Action": {
    "type": "object",
    "properties": {
      "label": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "what the link says, a template as the body"
      },
      "to": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "where it leads: an `https://` address, or one relative to the page as `/cesta`; a template whose parameters are percent-encoded"
      }
    },
    "required": ["label", "to"],
    "additionalProperties": false
  },
  "Image": {
    "type": "object",
    "properties": {
      "src": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "where the picture is, an address as `action.to`"
      },
      "alt": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "what the picture shows, for readers who do not see it; a template as the body"
      }
    },
    "required": ["src", "alt"],
    "additionalProperties": false
  },
  "Param": {
    "type": "object",
    "properties": {
      "type": {
        "enum": ["text", "name", "code", "number", "percent", "money", "date", "list", "url"],
        "description": "how `render` writes the value"
      },
      "value": {
        "description": "a text; a number; an amount in minor units; a date as `2026-12-31`, or epoch milliseconds; a list of texts"
      },
      "currency": {
        "anyOf": [{ "type": "string", "pattern": "^[A-Z]{3}$" }, { "type": "null" }],
        "description": "the currency of an amount"
      },
      "zone": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the zone in which `render` writes an instant"
      },
      "hour": {
        "anyOf": [{ "type": "boolean" }, { "type": "null" }],
        "description": "whether `render` writes the hour of an instant too: an offer that ends in less than 48 hours"
      }
    },
    "required": ["type", "value"],
    "additionalProperties": false
  },
  "StrippedVariant": {
    "type": "object",
    "properties": {
      "variant": {
        "type": "integer",
        "minimum": 0,
        "maximum": 9007199254740991,
        "description": "the index of the variant, from 0"
      },
      "code": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "why it cannot be shown, as `claim-unproven`"
      },
      "detail": { "$ref": "#/components/schemas/Detail", "description": "the figures that belong to the code" }
    },
    "required": ["variant", "code", "detail"],
    "additionalProperties": false
  },
  "Detail": { "type": "object", "properties": {}, "required": [], "additionalProperties": true },
  "Reason": {
    "type": "object",
    "properties": {
      "code": {
        "enum": [
          "announcement",
          "event",
          "order",
          "packing",
          "delivery",
          "article",
          "incident",
          "birthday",
          "replenishment",
          "overdue",
          "milestone",
          "activity",
          "draw",
          "cart",
          "question",
          "share-withheld"
        ],
        "description": "the occasion, as `order`; or `share-withheld`: the call to share was left out"
      },
      "order": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the order it is about"
      },
      "on": {
        "anyOf": [{ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" }, { "type": "null" }],
        "description": "the day it is about, as `2026-05-14`"
      }
    },
    "required": ["code"],
    "additionalProperties": true
  },
  "RefusedCampaign": {
    "type": "object",
    "properties": {
      "campaign": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "the campaign that is held back" },
      "gate": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "the first gate that refused, or `arbitration`"
      },
      "code": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "the reason" },
      "detail": { "$ref": "#/components/schemas/Detail", "description": "the figures that belong to the code" },
      "retryAt": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "the earliest later instant at which all gates pass, in epoch milliseconds; null: none within 400 days"
      },
      "disposition": { "enum": ["defer", "drop", "digest", "substitute"], "description": "what the campaign says should become of it" },
      "expiresAt": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "when the occasion ends, in epoch milliseconds; null: it has no end, or there is no occasion"
      },
      "also": { "type": "array", "items": { "$ref": "#/components/schemas/Refusal" }, "description": "the refusals of the other gates" }
    },
    "required": ["campaign", "gate", "code", "detail", "disposition", "also"],
    "additionalProperties": false
  },
  "Refusal": {
    "type": "object",
    "properties": {
      "gate": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "the gate that refused" },
      "code": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "the reason" },
      "detail": { "$ref": "#/components/schemas/Detail", "description": "the figures that belong to the code" }
    },
    "required": ["gate", "code", "detail"],
    "additionalProperties": false
  },
  "Present": {
    "type": "object",
    "properties": {
      "campaign": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "the campaign that gives it" },
      "offer": { "type": "string", "minLength": 1, "maxLength": 4096, "description": "the id of the offer" },
      "occurrence": {
        "type": "string",
        "minLength": 1,
        "maxLength": 4096,
        "description": "what it is given for: a birthday's year, an order's id, …"
      },
      "until": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "when it ends, in epoch milliseconds: the end that was told, else the end of the occasion; null: it has no end"
      },
      "code": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the customer's own code, else the offer's; null: none, or none was issued yet"
      }
    },
    "required": ["campaign", "offer", "occurrence"],
    "additionalProperties": false
  },
  "Task": {
    "type": "object",
    "properties": {
      "kind": {
        "description": "`reply`: nobody has answered the customer; `solve`: they were answered, and nothing was solved; `callback`: the customer waits for a call, or gave a low score; `engage`: the customer wrote about the shop elsewhere; `neglect`: nobody has spoken to the customer since an order arrived",
        "const": null
      },
      "conversation": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the conversation: of `reply`, and of `callback` if the customer asked for a call"
      },
      "mention": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the mention: of `engage`"
      },
      "order": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "the id of the order: of `neglect`, and of `callback` after a low score"
      },
      "dueAt": {
        "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 9007199254740991 }, { "type": "null" }],
        "description": "when the task is due, in epoch milliseconds; null: it has no date"
      }
    },
    "required": ["kind"],
    "additionalProperties": false
  },
  "Standing": {
    "type": "object",
    "properties": {
      "tier": { "enum": ["unknown", "known", "advocate"], "description": "how well the customer knows the shop" },
      "phase": {
        "enum": ["illusion", "letdown", "trust", "identification", "lapsed"],
        "description": "how far the relation with the customer has come"
      },
      "because": {
        "type": "array",
        "items": { "$ref": "#/components/schemas/StandingReason" },
        "description": "the facts behind the tier, and the reasons for the phase"
      }
    },
    "required": ["tier", "phase", "because"],
    "additionalProperties": false
  },
  "StandingReason": {
    "type": "object",
    "properties": {
      "fact": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "a fact of the tier's condition"
      },
      "value": { "description": "the value of that fact" },
      "phase": {
        "anyOf": [{ "enum": ["illusion", "letdown", "trust", "identification", "lapsed"] }, { "type": "null" }],
        "description": "the phase that the code explains"
      },
      "code": {
        "anyOf": [{ "type": "string", "minLength": 1, "maxLength": 4096 }, { "type": "null" }],
        "description": "why the customer is in the phase; `not-recognised`: the tier is unknown for want of an id or a ledger"
      }
    },
    "required": [],
    "additionalProperties": true
  }
};

export const VERSION = "0.1.0";
