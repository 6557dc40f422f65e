// The browser of the tests and benchmarks in JavaScript. `cargo xtask` names it in CHROMIUM.

import { chromium } from "playwright-core";

/** Start it before any server: if it cannot start, nothing else is left running. @param {string[]} [args] */
export const launch = (args) => chromium.launch({ executablePath: process.env.CHROMIUM, chromiumSandbox: false, args });
