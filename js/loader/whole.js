// What a page downloads when its policy was not published, or when what was published cannot be used: every rule, and a reader of JSON.

import { compile } from "../load/browser.js";
import { load, provide } from "../load/index.js";
import { open } from "../shop/open.js";
import { digestOf } from "./digest.js";
import { keptFor } from "./kept.js";
import { run } from "./tag.js";

// The engine is on its way while the policy is.
const engine = compile();
engine.catch(() => {});
provide(() => engine);

/** @param {import("./tag.js").Job} job */
export async function start(job) {
  job.kept = keptFor(job.settings);
  job.kept.catch(() => {});
  if (job.text !== undefined) sayWhatPublishingWouldDo(job.text, job.url);
  const watched = job.settings.debug === undefined ? undefined : (await import("../debug/index.js")).watch(job);
  /** @type {string} */
  let text;
  /** @type {import("../index.d.ts").Engine} that of all visits: whoever signs in later has another */
  let policy;
  await run(job, async (options) => {
    text ??= job.text ?? (await textAt(/** @type {string} */ (job.projection)));
    if (!policy && job.text !== undefined && !job.settings.preview) (await import("../debug/doubts.js")).lookOver(job.settings, text);
    policy ??= await (job.settings.preview ? (await import("../debug/preview.js")).previewed(text, job.settings.preview, load) : load(text));
    return open({ ...(watched ? watched(options, text) : options), policy });
  });
}

/** The text of a published policy. Of which release it is does not matter here. @param {string} address */
async function textAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`there is no policy at ${answer.url}: the server answers ${answer.status}`);
  const text = await answer.text();
  const [, sha256, rest] = /^{"seal":{[^}]*"sha256":"(\w*)"},([^]*)/.exec(text) ?? [];
  const digest = await digestOf(new TextEncoder().encode(rest));
  if (rest === undefined || (digest && digest !== sha256)) throw new Error(`${answer.url} was changed: publish again, and copy the folder whole`);
  return text;
}

/** @param {string} text @param {string} url */
function sayWhatPublishingWouldDo(text, url) {
  try {
    const { campaigns } = JSON.parse(text);
    const others = campaigns.filter((/** @type {any} */ { channel }) => channel !== "onsite").length;
    console.info(
      `querencia: ${url} is not published. Everybody can read it whole (${(text.length / 1000).toFixed(1)} kB, ${others} of its ${campaigns.length} campaigns for other channels), and every page loads the whole engine; ` +
        "`npx querencia publish` writes what a page needs, and nothing is downloaded where nothing can be said",
    );
  } catch {
    // what is wrong with it is told by whoever reads it
  }
}
