// `querencia check`: whether a policy is accepted, what is wrong with it, and what it should change.

import { engineOf, instantOf, located, nameOf, read } from "./input.js";

/** @type {import("./index.js").Run} */
export async function run(words, { out, err }) {
  const { files, values } = read(words, ["policy.json"], { now: { type: "string" } });
  const [file] = files;
  const checked = await engineOf(file, instantOf(values.now), err);
  if (!checked) return 1;
  const { engine, text } = checked;
  const campaigns = JSON.parse(text).campaigns.length;
  const { length } = engine.warnings;
  const warned = length === 0 ? "no warnings" : length === 1 ? "1 warning" : `${length} warnings`;
  out(`${nameOf(file)} is accepted: ${campaigns} ${campaigns === 1 ? "campaign" : "campaigns"}, ${warned}`);
  for (const line of located(file, text, engine.warnings)) out(line);
  engine.free();
  return 0;
}
