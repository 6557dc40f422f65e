// A folder that one process alone may use: a file in it that names who does. A process that was killed leaves the file; then the next takes it.

import { execFile } from "node:child_process";
import { mkdir, readFile, readlink, rmdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { readFileSync, unlinkSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** How often a holder says that it lives, and after how long a holder on another machine counts as dead. In milliseconds. */
const BEAT = 5_000;
const DEAD = 30_000;
/** Whoever did not see for so long that the folder is still theirs, looks before they write. */
const UNSURE = 3 * BEAT;
/** For how long a takeover may last. */
const TAKEOVER = 10_000;

const run = promisify(execFile);

/** Another process uses the folder, or nobody can. */
export class Locked extends Error {
  name = "Locked";
}

/** @typedef {{ pid: number, started: string, host: string, place: string, id: string }} Holder */

/** Where the number of a process means it: this boot of this machine, and its namespace of process numbers (each container has its own). */
async function placeOf() {
  const read = (/** @type {Promise<string>} */ text) => text.then((text) => text.trim(), () => "");
  return (await Promise.all([read(readFile("/proc/sys/kernel/random/boot_id", "utf8")), read(readlink("/proc/self/ns/pid"))])).join(" ").trim();
}

/**
 * When a process began: its number alone is given again. Undefined: there is no such process.
 * @param {number} pid
 * @returns {Promise<string | undefined>}
 */
async function startOf(pid) {
  try {
    const [stats, boot] = await Promise.all([readFile(`/proc/${pid}/stat`, "utf8"), readFile("/proc/sys/kernel/random/boot_id", "utf8")]);
    // The name of a program, in brackets, may have spaces.
    const fields = stats.slice(stats.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : `${boot.trim()} ${fields[19]}`;
  } catch {}
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH") return undefined;
  }
  if (process.platform === "linux") return undefined;
  const { stdout } = await run("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => ({ stdout: "unknown" }));
  return stdout.trim() || undefined;
}

/**
 * @param {string} folder is made if it is not there
 * @returns {Promise<{ release: () => void, assert: () => Promise<void> }>} `assert` throws `Locked` if another process has the folder now: this one
 *   stood still for so long that it counted as dead
 */
export async function lock(folder) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "lock");
  /** @type {Holder} */
  const holder = { pid: process.pid, started: (await startOf(process.pid)) ?? "", host: hostname(), place: await placeOf(), id: crypto.randomUUID() };
  const own = JSON.stringify(holder);
  if (!(await create(file, own))) await takeOver(folder, file, own, holder.place);
  let isHeld = true;
  let seen = Date.now();
  const look = async () => {
    const from = Date.now();
    // A file that cannot be read just now may still be ours.
    const text = await readFile(file, "utf8").catch((error) => (error.code === "ENOENT" ? "" : undefined));
    if (text !== undefined && text !== own) isHeld = false;
    if (text !== own || !isHeld) return;
    await utimes(file, new Date(), new Date());
    seen = from;
  };
  const beat = setInterval(() => look().catch(() => {}), BEAT);
  beat.unref();
  const release = () => {
    clearInterval(beat);
    process.off("exit", release);
    if (!isHeld) return;
    isHeld = false;
    try {
      if (readFileSync(file, "utf8") === own) unlinkSync(file);
    } catch {}
  };
  process.on("exit", release);
  return {
    release,
    async assert() {
      if (isHeld && Date.now() - seen > UNSURE) await look().catch(() => {});
      if (!isHeld || Date.now() - seen > DEAD) throw new Locked(`another process may use the folder \`${folder}\` now, because this one stood still; begin it again`);
    },
  };
}

/** Writes the file if it is not there. @param {string} file @param {string} text */
async function create(file, text) {
  try {
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    if (await isFolder(file)) throw new Locked(`\`${file}\` is a folder, and must be a file of the server's own; delete it, or give another folder as --data`);
    return false;
  }
}

/** One takes over at a time, so that nobody deletes what another has just written. @param {string} folder @param {string} file @param {string} own @param {string} place */
async function takeOver(folder, file, own, place) {
  const turn = `${file}.turn`;
  const age = await ageOf(turn);
  if (age !== undefined && age > TAKEOVER) await rmdir(turn).catch(() => {});
  try {
    await mkdir(turn);
  } catch {
    throw new Locked(`another process begins to use the folder \`${folder}\`; try again`);
  }
  try {
    const held = await holderOf(file, place);
    if (held) throw new Locked(`${held} uses the folder \`${folder}\`; stop it first, or give another folder as --data`);
    await unlink(file).catch(() => {});
    if (!(await create(file, own))) throw new Locked(`another process begins to use the folder \`${folder}\`; try again`);
  } finally {
    await rmdir(turn).catch(() => {});
  }
}

/** Who holds the file, if they live. @param {string} file @param {string} place @returns {Promise<string | undefined>} */
async function holderOf(file, place) {
  /** @type {Partial<Holder>} */
  let holder = {};
  try {
    holder = JSON.parse(await readFile(file, "utf8")) ?? {};
  } catch {}
  const age = (await ageOf(file)) ?? Infinity;
  // A file that was just made may not be written yet; one that is cut off by a full disk is nobody's.
  if (typeof holder.pid !== "number") return age < BEAT ? "another process" : undefined;
  if (holder.host !== hostname()) return age < DEAD ? "a process on another machine" : undefined;
  // The same number means another process there. (A machine that began again has another boot.)
  if (holder.place !== place) return age < DEAD ? `a process in another container, or before this machine began again (it counts as gone after ${DEAD / 1000} s without a sign),` : undefined;
  const started = await startOf(holder.pid);
  return started !== undefined && (holder.started === started || holder.started === "") ? `process ${holder.pid}` : undefined;
}

/** @param {string} path */
const isFolder = (path) => stat(path).then((known) => known.isDirectory(), () => false);

/** @param {string} path */
const ageOf = (path) => stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => undefined);
