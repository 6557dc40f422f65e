// What a page downloads when its policy was not published, or when what was published cannot be used: every rule, and a reader of JSON.

import { open } from "../shop/open.js";
import { run } from "./tag.js";

/** @param {import("./tag.js").Job} job */
export async function start(job) {
  if (job.text !== undefined) sayWhatPublishingWouldDo(job.text, job.url);
  await run(job, async (options) => open({ ...options, policy: job.text ?? (await textAt(/** @type {string} */ (job.projection))) }));
}

/** @param {string} address of the policy */
async function textAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`there is no policy at ${answer.url}: the server answers ${answer.status}`);
  return answer.text();
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
