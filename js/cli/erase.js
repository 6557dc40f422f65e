// `querencia erase`: deletes all that is known of one customer.

import { eraseOf } from "../server/erase.js";
import { read } from "./input.js";
import { ASK, WHERE_OR_SERVER, askServer, misused, withStore } from "./store.js";

/** @type {import("./index.js").Run} */
export async function run(words, { out, err }) {
  const { files: [customer], values } = read(words, ["customer"], WHERE_OR_SERVER, "id");
  /** @type {import("../server/data.d.ts").Erased} */
  const { known, contacts, codes } = await (values.server ? askServer(values, "DELETE", customer) : withStore(values, (store) => eraseOf(store, customer), ASK)).catch(misused);
  if (!known) {
    err("querencia: nothing is known of this customer; is it the id that the shop tells, to the letter?");
    return 1;
  }
  out(`deleted: all that was known, with ${contacts} ${contacts === 1 ? "contact" : "contacts"} and ${codes} ${codes === 1 ? "code" : "codes"}`);
  out("Not deleted: backups, the shop's own tables, and what the mail service keeps.");
  return 0;
}
