// `querencia serve` as a child process, stopped whatever becomes of the test.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const COMMAND = fileURLToPath(new URL("../../js/cli/index.js", import.meta.url));
const POLICY = fileURLToPath(new URL("../../www/policies/casa-lola.json", import.meta.url));

/** A private folder with a policy, and what was started in it. @param {import("node:test").TestContext | { after: (end: () => unknown) => void }} test */
export async function shop(test) {
  const folder = await mkdtemp(join(tmpdir(), "querencia-serve-"));
  await copyFile(POLICY, join(folder, "policy.json"));
  /** @type {Set<import("node:child_process").ChildProcess>} */
  const children = new Set();
  test.after(async () => {
    for (const child of children) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs the command until it ends. @param {string[]} words @param {Record<string, string>} [env] */
  const run = async (words, env = {}) => {
    const child = spawn(process.execPath, [COMMAND, "serve", ...words], { cwd: folder, env: { ...process.env, DATABASE_URL: "", QUERENCIA_SECRET: "", ...env } });
    children.add(child);
    const said = { out: "", err: "" };
    child.stdout.on("data", (data) => void (said.out += data));
    child.stderr.on("data", (data) => void (said.err += data));
    /** @type {Promise<number | null>} */
    const ended = once(child, "exit").then(([code]) => (children.delete(child), code));
    return { child, said, ended };
  };

  /** Starts it, and resolves once it listens. @param {string[]} [words] @param {Record<string, string>} [env] */
  const serve = async (words = [], env = {}) => {
    const running = await run(["policy.json", "--port", "0", ...words], env);
    const { child, said, ended } = running;
    const url = await Promise.race([
      ended.then((code) => Promise.reject(new Error(`it ended with ${code}: ${said.err}`))),
      (async () => {
        for (;;) {
          const [, found] = /listens on (\S+),/.exec(said.err) ?? [];
          if (found && said.err.includes("Control-C")) return found;
          await once(child.stderr, "data");
        }
      })(),
    ]);
    return { ...running, url };
  };

  return { folder, run, serve };
}

/** @param {string} url @param {string} secret */
export function asker(url, secret) {
  return async (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, json: /** @type {any} */ (await response.json()) };
  };
}
