import "../shop/page.js";
import { answer } from "../panel/answer.js";
import { locale, say } from "../shop/language.js";
import { node } from "../shop/node.js";
import { whole } from "./dates.js";
import { story } from "./days.js";
import { letters } from "./letters.js";
import { player } from "./player.js";
import { timeline } from "./timeline.js";
import { today } from "./today.js";

const part = (/** @type {string} */ id) => document.querySelector(`#${id}`);

try {
  begin(await story(locale));
} catch (error) {
  part("missing").hidden = false;
  throw error;
}

/** @param {Awaited<ReturnType<typeof story>>} story */
function begin({ days, zone }) {
  let shown = -1;
  const strip = timeline(days, (index) => {
    buttons.halt();
    go(index);
  });
  const buttons = player(days, () => shown, go);
  const said = letters(days, zone);
  const date = node("p", {});
  const decided = node("section", {});
  part("timeline").append(...strip.parts);
  part("letters").append(...said.parts);
  part("panel").setAttribute("aria-labelledby", "panel-title");
  const heading = node("h2", { id: "panel-title" }, say({ es: "Qué decide Querencia ese día", en: "What Querencia decides that day" }));
  part("panel").append(node("div", {}, node("header", {}, node("div", {}, heading, date)), decided));
  part("stage").hidden = false;

  /** @param {number} index */
  function go(index) {
    if (index === shown) return;
    shown = index;
    const { now, decision, ledger } = days[index];
    strip.show(index);
    buttons.show();
    today(days[index], zone);
    part("sum").textContent = said.show(index);
    date.textContent = whole(days[index].date);
    decided.replaceChildren(...answer([{ decision, at: now }], 0, () => {}, ledger));
    if (days[index].notable) history.replaceState(null, "", `#${days[index].date}`);
  }

  /** A link may name a day; else the story begins where something happens. */
  const asked = () => days.findIndex(({ date }) => `#${date}` === location.hash);
  addEventListener("hashchange", () => {
    if (asked() < 0) return;
    buttons.halt();
    go(asked());
    part("stage").scrollIntoView();
    part("today").focus({ preventScroll: true });
  });
  go(asked() < 0 ? days.findIndex(({ notable }) => notable) : asked());
}
