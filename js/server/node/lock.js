// A folder that one process alone may use: a file in it that names who does. A process that was killed leaves the file; then the next takes it.

import { execFile } from "node:child_process";
import { mkdir, readFile, rmdir, stat, unlink, utimes, writeFile } from "node:fs/promises";
import { unlinkSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** How often a holder says that it lives, and after how long a holder on another machine counts as dead. In milliseconds. */
const BEAT = 5_000;
const DEAD = 30_000;
/** For how long a takeover may last. */
const TAKEOVER = 10_000;

const run = promisify(execFile);

/** Another process uses the folder. */
export class Locked extends Error {
  name = "Locked";
}

/** @typedef {{ pid: number, started: string, host: string }} Holder */

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
 * @returns {Promise<{ release: () => void }>}
 */
export async function lock(folder) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "lock");
  const own = JSON.stringify(/** @type {Holder} */ ({ pid: process.pid, started: (await startOf(process.pid)) ?? "", host: hostname() }));
  if (!(await create(file, own))) await takeOver(folder, file, own);
  const beat = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), BEAT);
  beat.unref();
  let isHeld = true;
  const release = () => {
    if (!isHeld) return;
    isHeld = false;
    clearInterval(beat);
    process.off("exit", release);
    try {
      unlinkSync(file);
    } catch {}
  };
  process.on("exit", release);
  return { release };
}

/** Writes the file if it is not there. @param {string} file @param {string} text */
async function create(file, text) {
  try {
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    return false;
  }
}

/** One takes over at a time, so that nobody deletes what another has just written. @param {string} folder @param {string} file @param {string} own */
async function takeOver(folder, file, own) {
  const turn = `${file}.turn`;
  const age = await ageOf(turn);
  if (age !== undefined && age > TAKEOVER) await rmdir(turn).catch(() => {});
  try {
    await mkdir(turn);
  } catch {
    throw new Locked(`another process begins to use the folder \`${folder}\`; try again`);
  }
  try {
    const held = await holderOf(file);
    if (held) throw new Locked(`${held} uses the folder \`${folder}\`; stop it first, or give another folder as --data`);
    await unlink(file).catch(() => {});
    if (!(await create(file, own))) throw new Locked(`another process begins to use the folder \`${folder}\`; try again`);
  } finally {
    await rmdir(turn).catch(() => {});
  }
}

/** Who holds the file, if they live. @param {string} file @returns {Promise<string | undefined>} */
async function holderOf(file) {
  /** @type {Partial<Holder>} */
  let holder = {};
  try {
    holder = JSON.parse(await readFile(file, "utf8")) ?? {};
  } catch {}
  const age = (await ageOf(file)) ?? Infinity;
  // A file that was just made may not be written yet; one that is cut off by a full disk is nobody's.
  if (typeof holder.pid !== "number") return age < BEAT ? "another process" : undefined;
  if (holder.host !== hostname()) return age < DEAD ? "a process on another machine" : undefined;
  const started = await startOf(holder.pid);
  return started !== undefined && (holder.started === started || holder.started === "") ? `process ${holder.pid}` : undefined;
}

/** @param {string} path */
const ageOf = (path) => stat(path).then(({ mtimeMs }) => Date.now() - mtimeMs, () => undefined);
