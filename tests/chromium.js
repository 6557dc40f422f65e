// The browser of the tests and benchmarks in JavaScript. `cargo xtask` names it in CHROMIUM.

import { chromium } from "playwright-core";
import { goAhead, later } from "./later.js";

/** Start it before any server: if it cannot start, nothing else is left running. @param {string[]} [args] */
export async function launch(args) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, chromiumSandbox: false, args });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    if (later) await context.addInitScript(goAhead, later);
    return context;
  };
  return browser;
}
