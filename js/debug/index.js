// `data-debug`: tells on the console, and in a panel, what the page heard, who speaks, and why each other does not. The sentences are those
// of `querencia explain`.

import { story } from "../cli/story.js";
import { wordsOf } from "../cli/words.js";
import { Panel } from "./panel.js";
import { partsOf } from "./parts.js";
import { elsewhere, pageOf, unheardIn } from "./page.js";
import { languageOfPage, phrases } from "./words.js";

/** More than a person reads. */
const MOST = 30;

/**
 * @param {import("../loader/tag.js").Job} job
 * @returns {(options: any, policy: string) => any} the options of a visit that is watched
 */
export function watch(job) {
  const language = languageOfPage();
  const say = phrases(language);
  const panel = new Panel(language);
  /** @type {string[][]} */
  const heard = [];
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} what the shop's server said no to */
  const refused = [];
  /** @type {any} */
  let options = {};
  /** @type {any} */
  let policy;
  /** @type {any} */
  let shop;
  /** @type {any} */
  let decision;
  /** @type {any} */
  let kept;

  const clock = () => new Date().toLocaleTimeString(language);
  /** @param {string} name @param {any} data */
  const hear = (name, data) => {
    const read = data === undefined ? [] : [textOf(data)];
    heard.unshift([`${clock()} ${name}`, ...read]);
    heard.length = Math.min(heard.length, MOST);
    console.info(`querencia: ${say("heard")}: ${name}`, data ?? "");
    draw();
  };
  const draw = () => queueMicrotask(() => safely(render));
  const render = () => {
    const told = decision && shop ? storyOf(decision) : undefined;
    const summary = decision ? `${say("shown")}: ${decision.contacts.length} · ${say("held")}: ${decision.refused?.length ?? 0}` : say("waiting");
    const unheard = unheardIn(job.settings);
    panel.show(summary, [
      ...(lines.length > 0 ? [{ title: say("console"), entries: lines.map((line) => [line]) }] : []),
      ...(told ? told.parts.slice(2) : []),
      { title: say("heard"), entries: [...(heard.length > 0 ? heard : [[say("nothing")]]), ...(unheard.length > 0 ? [[say("unheard"), unheard.join(", ")]] : [])] },
      // when, and who the customer is
      ...(told ? told.parts.slice(0, 2) : []),
      { title: say("page"), pairs: pageOf({ job, policy, kept, server: options.server, refused, say, language }) },
    ]);
    return told;
  };
  /** @param {any} decision */
  const storyOf = (decision) => {
    const request = { now: decision.contacts[0]?.at ?? options.clock?.() ?? Date.now(), customer: options.customer };
    const all = [...story(decision, request, wordsOf(language, shop))];
    const others = elsewhere(policy, options.channels);
    if (others) all.push(`${say("elsewhere")}: ${others}`);
    return { all, parts: partsOf(all) };
  };

  const { warn } = console;
  console.warn = (...words) => {
    if (/^querencia: /.test(String(words[0]))) {
      lines.unshift(String(words[0]).slice(11));
      lines.length = Math.min(lines.length, MOST);
      draw();
    }
    warn.apply(console, words);
  };
  document.addEventListener("querencia:decision", (event) => {
    decision = /** @type {CustomEvent} */ (event).detail.decision;
    safely(() => {
      const told = render();
      if (!told) return;
      console.groupCollapsed(`querencia: ${say("shown")}: ${decision.contacts.length}, ${say("held")}: ${decision.refused?.length ?? 0}`);
      console.info(told.all.join("\n"));
      console.groupEnd();
    });
  });
  document.addEventListener("querencia:refused", (event) => {
    const { campaign, refused: why } = /** @type {CustomEvent} */ (event).detail;
    const line = `${campaign}: ${[why.gate, why.code].filter(Boolean).join(", ")}`;
    if (!refused.includes(line) && refused.length < MOST) refused.push(line);
    console.info(`querencia: ${say("server")}: ${say("no")} ${line}`);
    draw();
  });
  let isFromPlatform = false;
  document.addEventListener("querencia:ready", (event) => {
    const visit = /** @type {CustomEvent} */ (event).detail.shop;
    shop = visit.engine.shop;
    const { track } = visit;
    // what the theme tells without a platform
    visit.track = (/** @type {string} */ name, /** @type {any} */ data) => {
      if (!isFromPlatform) hear(name, data);
      return track(name, data);
    };
    for (const problem of visit.engine.warnings ?? []) lines.push(`${problem.path}: ${problem.message}`);
    draw();
  });
  for (const name of ["contact", "placement"]) document.addEventListener(`querencia:${name}`, draw);
  Promise.resolve(job.kept).then(
    (found) => {
      kept = found;
      found?.consent?.onChange(draw);
      draw();
    },
    () => {},
  );
  draw();

  return (given, text) => {
    options = given;
    policy = parsed(text);
    draw();
    const { platform } = given;
    if (!platform) return given;
    const start = (/** @type {any} */ emit, /** @type {any} */ shop, /** @type {any[]} */ ...more) =>
      platform.start(
        (/** @type {string} */ name, /** @type {any} */ data) => {
          hear(name, data);
          isFromPlatform = true;
          emit(name, data);
          isFromPlatform = false;
        },
        shop,
        ...more,
      );
    return { ...given, platform: { ...platform, start } };
  };
}

/** @param {any} data */
function textOf(data) {
  try {
    return JSON.stringify(data) ?? String(data);
  } catch {
    return String(data);
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The page goes on whatever happens to what only looks at it. @param {() => void} work */
function safely(work) {
  try {
    work();
  } catch (error) {
    console.warn("querencia: data-debug", error);
  }
}
