// `querencia import`: mails that were sent without the server, one a line, into the ledgers of their customers.

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { open } from "../server/open.js";
import { Misuse, engineOf, nameOf, read } from "./input.js";
import { BESIDE, WHERE, withStore } from "./store.js";

/** @type {import("./index.js").Run} */
export async function run(words, { out, err }) {
  const { files: [policy, file], values } = read(words, ["policy.json", "sent.jsonl"], WHERE);
  const checked = await engineOf(policy, undefined, err);
  if (!checked) return 1;
  checked.engine.free();
  /** The line of each row that was read. @type {number[]} */
  const lines = [];
  /** @type {{ count: number, told: string[] }} */
  const broken = { count: 0, told: [] };
  const report = await withStore(values, async (store) => {
    const server = await open({ policy: checked.text, store });
    try {
      return await server.import(rowsOf(file, lines, broken));
    } finally {
      await server.close();
    }
  }, BESIDE);
  for (const line of broken.told) err(`  ${line}`);
  for (const { code, path, message } of report.problems) {
    const [, row, field] = /^\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    err(`  ${nameOf(file)}:${lines[Number(row)]}: ${field ? `${field}: ` : ""}${message} (${code})`);
  }
  const refused = report.refused + broken.count;
  out(`${report.rows + broken.count} lines: ${report.added} added, ${report.known} known already, ${refused} refused`);
  return refused > 0 ? 1 : 0;
}

/**
 * @param {string} file
 * @param {number[]} lines is added to
 * @param {{ count: number, told: string[] }} broken is added to
 * @returns {AsyncGenerator<any>}
 */
async function* rowsOf(file, lines, broken) {
  const input = file === "-" ? process.stdin : createReadStream(file);
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      const text = line.replace(/^\uFEFF/, "").trim();
      if (text === "") continue;
      let row;
      try {
        row = JSON.parse(text);
      } catch {
        broken.count++;
        if (broken.told.length < 100) broken.told.push(`${nameOf(file)}:${number}: no JSON; each line is one object (not-json)`);
        continue;
      }
      lines.push(number);
      yield row;
    }
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Misuse(code === "ENOENT" ? `there is no file \`${file}\`` : `\`${file}\` cannot be read (${code})`);
  }
}
