// A server that a test starts for itself: a private folder, a user who is not root, and an end that comes whatever becomes of the test.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Waits on its standard input beside the server. A line `keep`: ends, and leaves the folder. The end of the input, which also comes when the
 * test is killed: stops the server and deletes the folder.
 */
const KEEPER = `
  folder=$0
  "$@" </dev/null &
  server=$!
  read -r word
  [ "$word" = keep ] && { wait $server; exit; }
  kill -$STOP $server 2>/dev/null
  ( sleep 10; kill -KILL $server 2>/dev/null ) &
  late=$!
  wait $server
  kill $late
  cd / && rm -rf "$folder"`;

/** How long a server may take to begin on a machine that is busy. */
const PATIENCE = 90_000;

/**
 * @typedef {object} Own
 * @property {string} folder
 * @property {{ uid?: number, gid?: number }} user for child processes
 * @property {(command: string[], ready: () => Promise<boolean>) => Promise<void>} start resolves once `ready` says so
 * @property {() => Promise<void>} ended the server was killed: waits for it, and keeps the folder
 * @property {() => Promise<void>} stop
 */

/**
 * A private folder for a server. Its name is short: a path of a socket has 107 bytes.
 * @param {string} kind
 * @param {string[]} users the first that this machine has, if the test is run by root
 * @param {string} signal that ends the server at once
 * @returns {Promise<Own>}
 */
export async function own(kind, users, signal) {
  const folder = await mkdtemp(join(tmpdir(), `querencia-${kind}-`));
  const user = process.getuid?.() === 0 ? idsOf(users) : {};
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  /** @type {import("node:child_process").ChildProcess | undefined} */
  let keeper;
  let said = "";

  /** @param {string} [word] */
  const end = async (word) => {
    const ending = keeper;
    keeper = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const exit = once(ending, "exit");
    ending.ref();
    ending.stdin?.end(word);
    await exit;
  };

  return {
    folder,
    user,
    async start([command, ...args], ready) {
      const until = Date.now() + PATIENCE;
      while (Date.now() < until) {
        said = "";
        // Detached: Ctrl-C ends the test, and with its input the keeper learns of it.
        const child = spawn("sh", ["-c", KEEPER, folder, command, ...args], { ...user, cwd: folder, env: { ...process.env, STOP: signal }, detached: true, stdio: ["pipe", "pipe", "pipe"] });
        keeper = child;
        for (const output of [child.stdout, child.stderr]) {
          output.on("data", (text) => (said = (said + text).slice(-4000)));
          unref(output);
        }
        unref(child.stdin);
        child.stdin.on("error", () => {});
        child.unref();
        while (Date.now() < until) {
          if (await ready().catch(refuse)) return;
          await new Promise((resolve) => setTimeout(resolve, 30));
          if (/shared memory block .* still in use|lock file .* already exists/.test(said)) break;
        }
        // One that was killed is not quite gone.
        await end("keep\n");
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`${command} did not begin:\n${said}`);
    },
    ended: () => end("keep\n"),
    stop: () => end(),
  };
}

/** The server that answers is not the test's own. */
export class Foreign extends Error {}

/** @param {unknown} error */
function refuse(error) {
  if (error instanceof Foreign) throw error;
  return false;
}

/** The test may end although this is open. @param {any} stream */
function unref(stream) {
  stream.unref?.();
}

/** @param {string[]} users */
function idsOf(users) {
  for (const name of users) {
    try {
      const [uid, gid] = ["-u", "-g"].map((which) => Number(execFileSync("id", [which, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })));
      return { uid, gid };
    } catch {
      // There is no such user.
    }
  }
  throw new Error(`this test is run by root, and a server is not: none of the users ${users.join(", ")} is there`);
}
