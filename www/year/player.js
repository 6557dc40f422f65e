import { say } from "../shop/language.js";
import { node } from "../shop/node.js";

/** In milliseconds: how long a day lasts, and one on which something is to be read. */
const speeds = [
  { name: { es: "Despacio", en: "Slow" }, day: 60, notable: 6000 },
  { name: { es: "Normal", en: "Normal" }, day: 30, notable: 3500 },
  { name: { es: "Deprisa", en: "Fast" }, day: 8, notable: 1000 },
];

const still = matchMedia("(prefers-reduced-motion: reduce)");
const part = (/** @type {string} */ id) => document.querySelector(`#${id}`);

/**
 * The buttons: to play, to halt, to go from one event to the next.
 *
 * @param {import("./days.js").Day[]} days
 * @param {() => number} shown the day that is shown
 * @param {(index: number) => void} go
 */
export function player(days, shown, go) {
  const [play, before, after, speed] = ["play", "before", "after", "speed"].map(part);
  speed.append(...speeds.map(({ name }, index) => node("option", { value: index, selected: index === 1 }, say(name))));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let running;

  const following = () => days.findIndex(({ notable }, index) => notable && index > shown());
  const preceding = () => days.findLastIndex(({ notable }, index) => notable && index < shown());

  const words = () => {
    const on = running !== undefined;
    part("play-words").textContent = on ? say({ es: "Pausa", en: "Pause" }) : say({ es: "Reproducir", en: "Play" });
    play.classList.toggle("on", on);
  };
  const halt = () => {
    clearTimeout(running);
    running = undefined;
    words();
  };
  const wait = () => {
    const { day, notable } = speeds[Number(speed.value)];
    running = setTimeout(step, days[shown()].notable ? notable : day);
    words();
  };
  const step = () => {
    // Who wants no motion is taken from event to event.
    const next = still.matches ? following() : shown() + 1;
    if (next < 0 || next >= days.length) return halt();
    go(next);
    wait();
  };
  /** @param {number} index */
  const jump = (index) => {
    halt();
    if (index >= 0) go(index);
  };

  play.addEventListener("click", () => {
    if (running !== undefined) return halt();
    if (following() < 0) go(0);
    step();
  });
  before.addEventListener("click", () => jump(preceding()));
  after.addEventListener("click", () => jump(following()));
  words();

  return {
    halt,
    /** A button that is disabled loses the focus; these stay, and say that there is nothing further. */
    show() {
      before.setAttribute("aria-disabled", String(preceding() < 0));
      after.setAttribute("aria-disabled", String(following() < 0));
    },
  };
}
