// The two forms of a fact, `{ customer }` and a CloudEvent, read into one.

import { isObject, present } from "../../told/index.js";
import { DOTS, isDots } from "../context.js";
import { ServerError } from "../errors.js";
import { instantAt } from "../instant.js";
import { plain } from "./plain.js";

/**
 * @typedef {object} Told what a fact says
 * @property {string} customer the id
 * @property {string} path where its fields stand, for problems
 * @property {Record<string, any>} given fields of the customer, with `zone` and `wishes`
 * @property {{ name: string } & Record<string, any>} [event] something that happened, to decide about
 * @property {number} [time] when it was so, by who tells it; absent: when it comes
 * @property {{ source: string, id: string, body: unknown }} [delivery] of an event: what names its delivery, and all that it says
 */

/** What the data of a CloudEvent is, by its type. @type {Record<string, (data: any) => { given?: any, event?: any }>} */
const TYPES = {
  "querencia.customer": ({ id, ...given }) => ({ given }),
  "querencia.order": (order) => ({ given: { orders: [order] } }),
  "querencia.conversation": (conversation) => ({ given: { conversations: [conversation] } }),
  "querencia.mention": (mention) => ({ given: { mentions: [mention] } }),
  "querencia.rating": (rating) => ({ given: { ratings: [rating] } }),
  "querencia.consent": (consent) => ({ given: { consent } }),
  "querencia.wishes": (wishes) => ({ given: { wishes } }),
  "querencia.event": (event) => ({ event }),
};

/** The types of CloudEvents that are understood. */
export const EVENT_TYPES = Object.keys(TYPES);

/** The first order of a list stands at `data`, not at `data.orders[0]`. @param {string} type */
const inside = (type) => (type === "querencia.customer" ? "" : /\.(consent|wishes)$/.test(type) ? type.slice("querencia.".length) : `${type.slice("querencia.".length)}s[0]`);

/**
 * @param {unknown} given
 * @param {string} [path] where it stands, in a list
 * @returns {Told & { inside: string }} `inside`: what of the customer's path the data is
 */
export function told(given, path = "") {
  const at = (/** @type {string} */ field) => (path ? `${path}.${field}` : field);
  if (!isObject(given)) throw new ServerError("wrong-type", path, "expected `{ customer }` or a CloudEvent, as an object");
  const { customer, specversion, ...rest } = plain(given, path);
  if (specversion !== undefined) return ofEvent({ specversion, customer, ...rest }, at);
  if (!isObject(customer)) {
    throw new ServerError(customer == null ? "missing-field" : "wrong-type", at("customer"), "expected the customer with their id, as `{ \"customer\": { \"id\": \"c-17\" } }`; a CloudEvent has `specversion`");
  }
  const unknown = Object.keys(rest).find((key) => key !== "time");
  if (unknown) throw new ServerError("unknown-field", at(unknown), "there are `customer` and `time`; what is known of a customer stands in `customer`");
  const { id, ...fields } = customer;
  return { customer: idAt(id, at("customer.id")), path: at("customer"), inside: "", given: fields, ...timeAt(rest.time, at("time")) };
}

/** @param {Record<string, any>} event @param {(field: string) => string} at */
function ofEvent({ specversion, type, source, id, subject, time, datacontenttype, data, data_base64 }, at) {
  if (specversion !== "1.0") throw new ServerError("invalid-value", at("specversion"), "expected `1.0`");
  for (const [name, value] of Object.entries({ type, source, id })) {
    if (typeof value === "string" && value.trim() && value.length <= 1024) continue;
    throw new ServerError(value == null ? "missing-field" : "invalid-value", at(name), "expected a text that is not blank, of at most 1,024 characters");
  }
  if (!Object.hasOwn(TYPES, type)) throw new ServerError("invalid-value", at("type"), `expected one of ${EVENT_TYPES.map((name) => `\`${name}\``).join(", ")}`);
  const isJson = datacontenttype == null || (typeof datacontenttype === "string" && /^application\/([\w.-]+\+)?json\b/i.test(datacontenttype));
  if (!isJson || data_base64 != null) throw new ServerError("invalid-value", at("data"), "expected JSON: `data` as an object, and `datacontenttype` absent or `application/json`");
  if (!isObject(data)) throw new ServerError(data == null ? "missing-field" : "wrong-type", at("data"), "expected an object");
  const customer = idAt(subject, at("subject"));
  if (type === "querencia.customer" && data.id != null && data.id !== customer) throw new ServerError("invalid-value", at("data.id"), "expected the id that is the event's `subject`, or none");
  const { given = {}, event } = TYPES[type](data);
  if (event && (typeof event.name !== "string" || !event.name.trim())) {
    throw new ServerError(event.name == null ? "missing-field" : "invalid-value", at("data.name"), "expected the name of the event, as `purchase`");
  }
  const delivery = { source, id, body: { type, subject, time, data } };
  return { customer, path: at("data"), inside: inside(type), given, ...(event && { event }), ...timeAt(time, at("time")), delivery };
}

/** @param {unknown} id @param {string} path @returns {string} */
function idAt(id, path) {
  if (typeof id === "string" && isDots(id)) throw new ServerError("invalid-value", path, DOTS);
  if (typeof id === "string" && /\P{White_Space}/u.test(id) && id.length <= 1024) return id;
  throw new ServerError(present(id) == null ? "missing-field" : "invalid-value", path, "expected the id of a customer, a text that is not blank, of at most 1,024 characters");
}

/** @param {unknown} time @param {string} path @returns {{ time?: number }} */
function timeAt(time, path) {
  return time == null ? {} : { time: instantAt(time, path) };
}
