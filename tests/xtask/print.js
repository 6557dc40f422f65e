// Prints a request and the built package's decision about it: the messages to show, and for every other campaign the reason it is
// held back and when to ask again.

import { readFile } from "node:fs/promises";
import { load, render } from "querencia";

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const style = (/** @type {number} */ code) => (/** @type {string} */ text) =>
  colour ? `\x1b[${code}m${text}\x1b[0m` : text;
const [bold, dim, red, green, cyan] = [1, 2, 31, 32, 36].map(style);

const json = await readFile(new URL("purchase.json", import.meta.url), "utf8");
const request = JSON.parse(json);
const engine = await load(await readFile(new URL("../../www/policies/casa-lola.json", import.meta.url), "utf8"));
const decision = engine.decide(request);

const clock = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  timeZone: request.zone,
});
/** @param {number} at */
const when = (at) => clock.format(at);
/** What no date changes has no date. @param {number | null} at @param {string} before */
const again = (at, before) => (at === null ? "no date changes the answer" : `${before}${when(at)}`);
/** @param {number | null} at */
const until = (at) => (at === null ? "" : `, until ${when(at)}`);

/** A field of `detail` for a reader: an instant as a date, a gap as days. @param {string} name @param {unknown} value */
const field = (name, value) => {
  if (typeof value === "string") return value;
  if (name === "gap") return `${Math.round(Number(value) / 86_400_000)} days`;
  return typeof value === "number" && value > 1e11 ? when(value) : JSON.stringify(value);
};
/** @param {object} detail */
const fields = (detail) =>
  Object.entries(detail)
    .map(([name, value]) => `${name} ${field(name, value)}`)
    .join(", ");

/** @param {string} title */
const heading = (title) => console.log(`\n${bold(title)}`);

if (engine.warnings.length > 0) heading("Warnings of the policy");
for (const { code, path, message } of engine.warnings) console.log(`  ${red("!")} ${bold(path)}  ${message}  ${dim(code)}`);

heading("The request");
console.log(dim(json.trimEnd()));
console.log(`It is ${when(Date.parse(request.now))} in ${request.zone}.`);

heading("Messages to show");
if (decision.contacts.length === 0) console.log("  none");
for (const contact of decision.contacts) {
  const { title, body, signer } = render(contact);
  const placement = contact.placement ? ` at ${contact.placement}` : "";
  console.log(`  ${green("●")} ${bold(contact.campaign)}  ${contact.class}, ${contact.channel}${placement}${until(contact.expiresAt)}`);
  for (const line of [title, body, signer && `— ${signer}`]) if (line) console.log(`      ${cyan(line)}`);
}
for (const ghost of decision.ghosts) {
  console.log(`  ${dim("○")} ${bold(ghost.campaign)}  not shown: the customer is in the holdout`);
}

if (decision.entitled?.length > 0) heading("Presents the customer has");
for (const { campaign, offer, code, until: end } of decision.entitled ?? []) {
  console.log(`  ${green("✓")} ${bold(campaign)}  ${offer}${code === null ? "" : `, code ${code}`}${until(end)}`);
}

heading("Held back");
for (const { campaign, gate, code, detail, retryAt, also } of decision.refused) {
  const asked = again(retryAt, "ask again ");
  console.log(`  ${red("○")} ${bold(campaign)}  ${gate}: ${red(code)}  ${retryAt === null ? dim(asked) : asked}`);
  if (fields(detail)) console.log(`      ${dim(fields(detail))}`);
  for (const other of also) console.log(`      ${dim(`also ${other.gate}: ${other.code}  ${fields(other.detail ?? {})}`.trimEnd())}`);
}

const { tier, phase, because } = decision.standing;
/** The reasons of the phase, which name it, or those of the tier. @param {boolean} ofPhase */
const reasons = (ofPhase) =>
  dim(because.filter((reason) => "phase" in reason === ofPhase).map(({ phase: _, ...reason }) => fields(reason)).join("; "));
heading("The customer");
console.log(`  tier       ${tier}  ${reasons(false)}`);
console.log(`  phase      ${phase}  ${reasons(true)}`);
heading("The decision");
console.log(`  next change  ${again(decision.nextAt, "")}`);
console.log(`  policy hash  ${decision.policy}`);
engine.free();
