// The panel is not part of the shop. It listens to the events of Querencia, as any script of the page can.

import { say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { keep, now, state } from "../shop/state.js";
import { answer } from "./answer.js";
import { controls } from "./controls.js";
import { ledger } from "./ledger.js";
import { takeBack, wishSection } from "./wishes.js";

/** @type {{ decision: any, at: number }[]} */
const decisions = [];
let shown = -1;
/** @type {any} */
let shop;

const panel = document.querySelector("#panel");
const toggle = node("button", { class: "panel-toggle", type: "button", "aria-controls": "panel-body", click: turn });
const decided = node("section", {});
const wishing = node("section", {});
const remembered = node("section", {});
const body = node("div", { id: "panel-body" }, controls(), decided, wishing, remembered);
const jump = node("a", { class: "panel-jump", href: "#panel" });

panel.setAttribute("aria-labelledby", "panel-title");
panel.append(
  node(
    "div",
    {},
    node(
      "header",
      {},
      node("h2", { id: "panel-title" }, say({ es: "Qué ha decidido Querencia", en: "What Querencia decided" })),
      toggle,
    ),
    body,
  ),
  jump,
);
// On a small screen the panel lies below the shop; a link says that it is there until it is seen.
new IntersectionObserver(([{ isIntersecting }]) => (jump.hidden = isIntersecting)).observe(panel);

open(state().panel !== "closed");
draw();

document.addEventListener("querencia:ready", ({ detail }) => {
  shop = detail.shop;
  draw();
});
document.addEventListener("querencia:decision", ({ detail }) => {
  shown = decisions.push({ decision: detail.decision, at: now() }) - 1;
  draw();
});
// The event comes when the message is shown, just before its record becomes `delivered`.
document.addEventListener("querencia:contact", () => setTimeout(draw));
document.addEventListener("querencia:reaction", draw);

async function draw() {
  const records = (await shop?.ledger.all()) ?? [];
  const show = (/** @type {number} */ other) => {
    shown = other;
    draw();
  };
  decided.replaceChildren(...answer(decisions, shown, show, records));
  wishing.replaceChildren(...wishSection((await shop?.wishes()) ?? {}, () => takeBack(shop)));
  remembered.replaceChildren(...ledger(records, shop?.ledger));
  const latest = decisions.at(-1)?.decision;
  jump.textContent = latest
    ? say({
        es: `Querencia: ${latest.contacts.length} habla, ${latest.refused.length} callan ↓`,
        en: `Querencia: ${latest.contacts.length} speaks, ${latest.refused.length} stay silent ↓`,
      })
    : "Querencia ↓";
}

function turn() {
  open(body.hidden);
  keep({ panel: body.hidden ? "closed" : "open" });
}

/** @param {boolean} wanted */
function open(wanted) {
  body.hidden = !wanted;
  panel.classList.toggle("closed", !wanted);
  toggle.setAttribute("aria-expanded", String(wanted));
  toggle.textContent = wanted ? say({ es: "Plegar", en: "Fold" }) : "Querencia";
}
