// A shop's platform for the tests of crashes: a process of its own, which writes down each code before it answers. `node platform.js <journal>
// <idempotent>` prints its port.

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";

const [, , journal, idempotent] = process.argv;
/** @type {Map<string, string>} */
const codes = new Map();
if (existsSync(journal)) for (const line of readFileSync(journal, "utf8").split("\n").filter(Boolean)) codes.set(JSON.parse(line).key, JSON.parse(line).code);

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { key, customer, wait = 0 } = JSON.parse(body);
  const known = idempotent === "yes" ? codes.get(key) : undefined;
  const code = known ?? `CODE-${codes.size}-${Math.random().toString(36).slice(2)}`;
  if (!known) {
    codes.set(idempotent === "yes" ? key : `${key} ${codes.size}`, code);
    appendFileSync(journal, `${JSON.stringify({ key, customer, code })}\n`);
  }
  setTimeout(() => response.end(JSON.stringify({ code })), wait);
});
server.listen(0, "127.0.0.1", () => console.log(/** @type {any} */ (server.address()).port));
// It ends with the test.
process.stdin.on("end", () => process.exit()).resume();
