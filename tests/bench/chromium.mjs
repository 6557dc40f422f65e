// The peers in headless Chromium.

import { build } from "esbuild";
import { launch } from "../chromium.js";
import { serve } from "../server.js";

/** @param {number} rounds */
export async function inChromium(rounds) {
  const bundle = await build({
    entryPoints: ["tests/bench/peers/browser.mjs"],
    bundle: true,
    format: "esm",
    external: ["/dist/*"],
    write: false,
    logLevel: "error",
  });
  const browser = await launch();
  const server = await serve({ roots: { "/": "tests/e2e/pages", "/node_modules/": "node_modules" } });
  try {
    const page = await browser.newPage();
    await page.route("**/bench.js", (route) =>
      route.fulfill({ body: bundle.outputFiles[0].text, contentType: "text/javascript; charset=utf-8" }),
    );
    // A page knows the time only, and on a busy machine most of it belongs to others. Chromium knows the processor time of its thread.
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.exposeFunction("clock", async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return 1e6 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
    });
    await page.goto(`${server.url}/blank.html`);
    const rows = await page.evaluate(async (rounds) => {
      const address = "/bench.js";
      const { run } = await import(address);
      return /** @type {Promise<import("./peers/index.mjs").Row[]>} */ (run(/** @type {any} */ (globalThis).clock, rounds));
    }, rounds);
    return { version: browser.version(), rows };
  } finally {
    await browser.close();
    await server.close();
  }
}
