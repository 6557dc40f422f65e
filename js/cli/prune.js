// `querencia prune`: deletes what need not be kept any longer.

import { open } from "../server/open.js";
import { ServerError } from "../server/errors.js";
import { Misuse, engineOf, read } from "./input.js";
import { BESIDE, WHERE, withStore } from "./store.js";

/** @type {import("./index.js").Run} */
export async function run(words, { out, err }) {
  const { files: [policy], values } = read(words, ["policy.json"], { ...WHERE, inactive: { type: "string" } });
  const checked = await engineOf(policy, undefined, err);
  if (!checked) return 1;
  checked.engine.free();
  const { customers, records, forgotten } = await withStore(values, async (store) => {
    const server = await open({ policy: checked.text, store });
    try {
      return await server.prune({ inactive: values.inactive });
    } catch (error) {
      if (error instanceof ServerError && error.path === "inactive") throw new Misuse(`--inactive: ${error.problems[0].message}`);
      throw error;
    } finally {
      await server.close();
    }
  }, BESIDE);
  out(`${customers} customers: ${records} records deleted, ${forgotten} customers forgotten`);
  return 0;
}
