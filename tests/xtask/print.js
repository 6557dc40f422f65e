// Prints one real request and what the built package decides: whom the shop speaks to, and for every silence why and until when.

import { readFile } from "node:fs/promises";
import { load, render } from "querencia";

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const style = (/** @type {number} */ code) => (/** @type {string} */ text) =>
  colour ? `\x1b[${code}m${text}\x1b[0m` : text;
const [bold, dim, red, green, cyan] = [1, 2, 31, 32, 36].map(style);

const question = await readFile(new URL("purchase.json", import.meta.url), "utf8");
const request = JSON.parse(question);
const engine = await load(await readFile(new URL("../../www/policies/casa-lola.json", import.meta.url), "utf8"));
const decision = engine.decide(request);

const clock = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
  timeZone: request.zone,
});
/** @param {number | null} at */
const when = (at) => (at === null ? "never" : clock.format(at));

/** An instant among the figures reads as a date, a gap as days. @param {string} name @param {unknown} value */
const figure = (name, value) => {
  if (typeof value === "string") return value;
  if (name === "gap") return `${Math.round(Number(value) / 86_400_000)} days`;
  return typeof value === "number" && value > 1e11 ? when(value) : JSON.stringify(value);
};
/** @param {object} detail */
const figures = (detail) =>
  Object.entries(detail)
    .map(([name, value]) => `${name} ${figure(name, value)}`)
    .join(", ");

/** @param {string} title */
const heading = (title) => console.log(`\n${bold(title)}`);

heading("The request");
console.log(dim(question.trimEnd()));
console.log(`It is ${when(Date.parse(request.now))} in ${request.zone}.`);

heading("The shop speaks");
if (decision.contacts.length === 0) console.log("  to nobody");
for (const contact of decision.contacts) {
  const { title, body, signer } = render(contact);
  const place = contact.placement ? ` at ${contact.placement}` : "";
  console.log(`  ${green("●")} ${bold(contact.campaign)}  ${contact.class}, ${contact.channel}${place}, until ${when(contact.expiresAt)}`);
  for (const line of [title, body, signer && `— ${signer}`]) if (line) console.log(`      ${cyan(line)}`);
}
for (const ghost of decision.ghosts) {
  console.log(`  ${dim("○")} ${bold(ghost.campaign)}  withheld: in the holdout`);
}

heading("It is silent");
for (const { campaign, gate, code, detail, retryAt, also } of decision.refused) {
  const again = retryAt === null ? dim("not within 400 days") : `again ${when(retryAt)}`;
  console.log(`  ${red("○")} ${bold(campaign)}  ${gate}: ${red(code)}  ${again}`);
  if (figures(detail)) console.log(`      ${dim(figures(detail))}`);
  for (const other of also) console.log(`      ${dim(`also ${other.gate}: ${other.code}  ${figures(other.detail ?? {})}`.trimEnd())}`);
}

const { tier, phase, because } = decision.standing;
/** The reasons of one of them: each names its phase, or is of the tier. @param {boolean} ofPhase */
const reasons = (ofPhase) =>
  dim(because.filter((reason) => "phase" in reason === ofPhase).map(({ phase: _, ...reason }) => figures(reason)).join("; "));
heading("And knows");
console.log(`  tier       ${tier}  ${reasons(false)}`);
console.log(`  phase      ${phase}  ${reasons(true)}`);
console.log(`  next look  ${when(decision.nextAt)}`);
console.log(`  policy     ${decision.policy}`);
engine.free();
