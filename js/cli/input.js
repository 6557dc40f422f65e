// What a command is given: its words, its files, the standard input.

import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { buffer as bytesOfStream } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { load } from "../load/index.js";
import { instantAt } from "../server/instant.js";
import { PolicyError } from "../load/problems.js";
import { brief, hintFor, lineOf, linesOf, placeOf } from "./position.js";

/** The command was called wrongly, or a file cannot be read; the message says what is right. */
export class Misuse extends Error {
  /** @param {string} message @param {number} exit the command's exit code */
  constructor(message, exit = 2) {
    super(message);
    this.exit = exit;
  }
}

/**
 * The files and the options of a command.
 * @template {import("node:util").ParseArgsConfig["options"]} T
 * @param {string[]} words
 * @param {string[]} names of the files
 * @param {T} options
 * @param {string} [what] they are, where they are no files
 */
export function read(words, names, options, what = "file") {
  const wanted = names.map((name) => `<${name}>`).join(" ");
  let parsed;
  try {
    parsed = parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const [, unknown] = /^Unknown option '(.*?)'/.exec(message) ?? [];
    const known = Object.keys(options ?? {}).map((name) => `--${name}`).join(", ");
    throw new Misuse(unknown ? `there is no option \`${unknown}\`; there are: ${known}` : message.replace(/\s*\n\s*/g, " "));
  }
  const files = parsed.positionals;
  const folder = options && "out" in options ? ", and the folder to write into as --out <folder>" : "";
  if (files.length !== names.length) throw new Misuse(`give ${names.length === 1 ? `one ${what}` : `${names.length} ${what}s`}: ${wanted}${folder}`);
  if (files.filter((file) => file === "-").length > 1) throw new Misuse("only one file can be `-`, the standard input");
  return { files, values: /** @type {Record<string, any>} */ (parsed.values) };
}

/** The text of a file, or of the standard input. @param {string} file */
export async function textOf(file) {
  /** @type {Buffer} */
  let bytes;
  try {
    bytes = await (file === "-" ? bytesOfStream(process.stdin) : readFile(file));
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Misuse(code === "ENOENT" ? `there is no file \`${file}\`` : `\`${file}\` cannot be read: ${message}`);
  }
  const text = bytes.toString("utf8");
  if (!isUtf8(bytes) || text.includes("\0")) {
    const at = text.search(/[\uFFFD\0]/);
    throw new Misuse(`${nameOf(file)}:${placeOf(text, at)}: the file is not in UTF-8; save it as UTF-8`, 1);
  }
  return text.replace(/^\uFEFF/, ""); // some editors of Windows begin a file with it
}

/** The instant of `--now`, in epoch milliseconds. @param {string | undefined} given */
export function instantOf(given) {
  if (given === undefined) return undefined;
  try {
    return instantAt(/^\d+$/.test(given) ? Number(given) : given, "--now");
  } catch (error) {
    throw new Misuse(/** @type {Error} */ (error).message);
  }
}

/** The name under which a file is told of. @param {string} file */
export const nameOf = (file) => (file === "-" ? "standard input" : file);

/**
 * The engine of a policy. Undefined if it is refused: then its problems were written, each with its line.
 * @param {string} file
 * @param {number | undefined} now
 * @param {(line: string) => void} tell
 */
export async function engineOf(file, now, tell) {
  const text = await textOf(file);
  try {
    return { engine: await load(text, now === undefined ? {} : { now }), text };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const { problems } = error;
    tell(`${nameOf(file)} is refused: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`);
    for (const line of located(file, text, problems)) tell(line);
    return undefined;
  }
}

/**
 * Problems or warnings as lines of a compiler: `policy.json:12:5: limits[0].max: expected a whole number (wrong-type)`.
 * @param {string} file
 * @param {string} text
 * @param {readonly { code: string, path: string, message: string }[]} problems
 */
export function located(file, text, problems) {
  const lines = linesOf(text);
  return problems.map(({ code, path, message }) => {
    const at = lineOf(text, lines, path);
    const told = path ? `${path}: ${message}` : brief(message) + hintFor(text);
    return `  ${nameOf(file)}${at ? `:${at}` : ""}: ${told} (${code})`;
  });
}
