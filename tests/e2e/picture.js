// Takes the picture in README.md anew: the demo shop's thank-you page, as Ana sees it.
// `cargo xtask build`, then `CHROMIUM=/usr/bin/chromium node tests/e2e/picture.js`.

import { launch } from "../chromium.js";
import { serve } from "../server.js";

const FILE = "www/docs/message.png";

const browser = await launch();
const server = await serve();
try {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Europe/Madrid",
    viewport: { width: 1280, height: 800 },
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  await page.clock.setFixedTime("2026-11-22T11:00:00+01:00");
  await page.goto(server.url);
  /** @param {string} name */
  const press = async (name) => {
    await page.locator(".standing").waitFor();
    await page.getByRole("button", { name, exact: true }).click();
  };
  await press("English");
  await press("Ana");
  await page.getByRole("link", { name: /Chatterbox/ }).click();
  await page.locator("#add").click();
  await page.locator("#go").click();
  await page.getByRole("link", { name: /To the till/ }).click();
  await page.getByRole("button", { name: "Buy" }).click();
  await page.waitForURL("**/thank-you.html");
  const message = page.locator("querencia-message[placement=thank-you]");
  await message.getByRole("button", { name: "Why am I seeing this?" }).click();
  // The shop without the panel beside it, down to where its tiles begin.
  const { width, height } = await page.locator("main").evaluate((main) => {
    const { right, bottom } = main.getBoundingClientRect();
    return { width: Math.ceil(right), height: Math.floor(bottom) };
  });
  await page.screenshot({ path: FILE, animations: "disabled", clip: { x: 0, y: 0, width, height } });
  console.log(`${FILE} is new: look at it before you commit it`);
} finally {
  await browser.close();
  await server.close();
}
