// `querencia export`: all that is known of one customer, as JSON.

import { exportOf } from "../server/export.js";
import { read } from "./input.js";
import { ASK, WHERE_OR_SERVER, askServer, misused, withStore } from "./store.js";

/** @type {import("./index.js").Run} */
export async function run(words, { out }) {
  const { files: [customer], values } = read(words, ["customer"], WHERE_OR_SERVER, "id");
  const all = await (values.server ? askServer(values, "GET", customer) : withStore(values, (store) => exportOf(store, customer), ASK)).catch(misused);
  out(JSON.stringify(all, null, 2));
  return 0;
}
