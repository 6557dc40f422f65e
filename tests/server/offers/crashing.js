// A shop's server that is killed at a step, for the tests of crashes: `node crashing.js <JSON>` with `config` (of the database), `port` (of the
// platform), `policy`, `customer`, `how` (`decide` or `claim`), `step` (before which it dies) and `during` (it dies while the platform answers).

import pg from "pg";
import { open } from "../../../js/server/open.js";
import { postgres } from "../../../js/server/store/postgres/index.js";

const { config, port, policy, customer, how, present, step, during, once } = JSON.parse(process.argv[2]);
let steps = 0;
const reach = () => {
  if (steps++ === step) process.kill(process.pid, "SIGKILL");
};
const inner = postgres(new pg.Pool({ ...config, max: 2 }));
/** @type {any} */
const store = {
  ...inner,
  async transact(/** @type {any} */ work, /** @type {any} */ part) {
    reach();
    const result = await inner.transact(work, part);
    reach();
    return result;
  },
};
const server = await open({
  policy,
  store,
  issueOnce: once,
  async issue({ key, customer }) {
    reach();
    if (during) setTimeout(() => process.kill(process.pid, "SIGKILL"), 150);
    const answer = await fetch(`http://127.0.0.1:${port}`, { method: "POST", body: JSON.stringify({ key, customer, wait: during ? 5000 : 0 }) });
    const code = await answer.json();
    reach();
    return code;
  },
});
const answer = how === "claim" ? await server.claim(customer, present) : await server.decide(customer);
console.log(JSON.stringify({ steps, answer }));
process.exit();
