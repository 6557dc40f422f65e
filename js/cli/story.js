// One decision as a person tells it.

import { render } from "../render/index.js";

/** @typedef {import("./words.js").Words} Words */

/**
 * @param {import("../types.d.ts").Decision} decision
 * @param {any} request
 * @param {Words} words
 */
export function* story({ contacts, ghosts, refused, entitled, tasks, standing, nextAt, policy }, request, words) {
  const { say, when } = words;
  yield when(Number(new Date(request.now)));
  yield* section(say("customer"), [...customer(request.customer, standing, words)]);
  yield* section(say("shown"), contacts.flatMap((contact) => [...spoken(contact, words)]), say("nothing"));
  if (ghosts.length > 0) yield* section(say("ghosts"), ghosts.map(({ campaign }) => `  ${campaign}`));
  const presents = entitled.map(({ campaign, offer, until, code }) => {
    const parts = [`${offer} (${campaign})`, code && `${say("code")} ${code}`, until !== null && `${say("until")} ${when(until)}`];
    return `  ${parts.filter(Boolean).join(", ")}`;
  });
  if (presents.length > 0) yield* section(say("presents"), presents);
  const due = tasks.map((task) => `  ${words.word(task.kind)}${task.dueAt === null ? "" : `, ${say("until")} ${when(task.dueAt)}`}`);
  if (due.length > 0) yield* section(say("tasks"), due);
  if (refused.length > 0) {
    // Most campaigns have nothing to speak of, and there is no more to say of each.
    const isIdle = (/** @type {typeof refused[0]} */ { code, retryAt }) => code === "none" && retryAt === null;
    const idle = refused.filter(isIdle).map(({ campaign }) => campaign);
    const lines = refused.filter((one) => !isIdle(one)).flatMap((one) => [...heldBack(one, words)]);
    if (idle.length > 0) lines.push(`  ${idle.join(", ")}: occasion, none`, `    ${words.means("none")}`, `    ${say("noDate")}`);
    yield* section(`${say("heldBack")}: ${words.count(refused.length)}`, lines);
  }
  yield "";
  yield nextAt === null ? say("never") : `${say("next")} ${when(nextAt)}`;
  yield `${say("policy")}: ${policy ?? "-"}`;
}

/** @param {string} title @param {string[]} lines @param {string} [none] */
function* section(title, lines, none) {
  yield "";
  yield title;
  if (lines.length > 0) yield* lines;
  else if (none) yield `  ${none}`;
}

/** @param {any} given @param {import("../types.d.ts").Standing} standing @param {Words} words */
function* customer(given, { tier, phase, because }, { say, word, figure }) {
  const name = [given?.givenName, given?.id && `(${given.id})`].filter(Boolean).join(" ");
  yield `  ${name || say("guest")}`;
  /** @param {typeof because} reasons */
  const told = (reasons) => reasons.map(({ fact, value, code }) => (code ? word(code) : `${word(String(fact))} ${figure("value", value)}`)).join(", ");
  const reasons = { tier: told(because.filter(({ phase }) => !phase)), phase: told(because.filter(({ phase }) => phase)) };
  yield `  ${say("tier")}: ${word(tier)}${reasons.tier && `, ${say("because")} ${reasons.tier}`}`;
  yield `  ${say("phase")}: ${word(phase)}${reasons.phase && `, ${say("because")} ${reasons.phase}`}`;
}

/** @param {import("../types.d.ts").Contact} contact @param {Words} words */
function* spoken(contact, { say, word, when }) {
  const { title, body, signer } = render(contact);
  yield `  ${contact.campaign} (${[contact.channel, contact.placement].filter(Boolean).join(", ")})`;
  for (const line of [title, body, signer && `— ${signer}`]) if (line) yield `    | ${line}`;
  const why = contact.why.map(({ code, order, on }) => [word(code), order ?? on].filter(Boolean).join(" "));
  yield `    ${say("why")}: ${why.join("; ")}`;
  if (contact.offer) yield `    ${say("offer")}: ${contact.offer}`;
  if (contact.expiresAt !== null) yield `    ${say("until")} ${when(contact.expiresAt)}`;
}

/** @param {import("../types.d.ts").RefusedCampaign} refusal @param {Words} words */
function* heldBack({ campaign, gate, code, detail, retryAt, also, ...rest }, words) {
  const { say, when, means } = words;
  yield `  ${campaign}: ${gate}, ${code}`;
  yield `    ${means(code)}`;
  const told = figures(code, detail, words);
  if (told) yield `    ${told}`;
  for (const other of also) {
    const more = figures(other.code, other.detail, words);
    yield `    ${say("also")} ${other.gate}, ${other.code}${more && `: ${more}`}`;
  }
  if (rest.disposition === "substitute") yield `    ${say("substitute")}`;
  yield `    ${retryAt === null ? say("noDate") : `${say("passes")} ${when(retryAt)}`}`;
}

/** The figures of a code. What is null says nothing. @param {string} code @param {object | null} detail @param {Words} words */
function figures(code, detail, { label, figure }) {
  const known = Object.entries(detail ?? {}).filter(([, value]) => value !== null);
  return known.map(([name, value]) => `${label(code, name)}: ${figure(name, value)}`).join("; ");
}
