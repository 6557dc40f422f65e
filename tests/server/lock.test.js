// A folder that one process alone may use, whoever was killed with it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lock } from "../../js/server/node/lock.js";

const root = await mkdtemp(join(tmpdir(), "querencia-lock-"));
after(() => rm(root, { recursive: true, force: true }));

/** A folder with a lock of somebody. @param {string} name @param {unknown} holder @param {number} [age] in seconds */
async function held(name, holder, age = 60) {
  const folder = join(root, name);
  await mkdir(folder);
  const file = join(folder, "lock");
  await writeFile(file, typeof holder === "string" ? holder : JSON.stringify(holder));
  const then = new Date(Date.now() - age * 1000);
  await utimes(file, then, then);
  return folder;
}

test("the second is refused, and may once the first has let go", async () => {
  const folder = join(root, "two");
  const { release } = await lock(folder);
  await assert.rejects(lock(folder), /process \d+ uses the folder/);
  release();
  (await lock(folder)).release();
  assert.deepEqual(await readdir(folder), []);
});

test("a lock of a process that is gone is taken over, also where its number lives again", async () => {
  const gone = spawn(process.execPath, ["-e", ""]);
  await once(gone, "exit");
  for (const [name, holder] of Object.entries({
    gone: { pid: gone.pid, started: "x", host: hostname() },
    again: { pid: process.pid, started: "another boot 1", host: hostname() },
    parent: { pid: 1, started: "another boot 1", host: hostname() },
    "cut off": '{"pid":12',
    empty: "",
    null: "null",
  })) {
    const folder = await held(name, holder);
    (await lock(folder)).release();
  }
});

test("a lock of another machine holds while it beats; one that is being written holds for a while", async () => {
  const holder = { pid: 1, started: "x", host: "another" };
  await assert.rejects(lock(await held("beats", holder, 5)), /on another machine uses/);
  (await lock(await held("beats no more", holder, 60))).release();
  await assert.rejects(lock(await held("written", "", 0)), /another process uses/);
});

test("of many that take over at once one has it", async () => {
  const folder = await held("race", { pid: 999_999_999, started: "x", host: hostname() });
  const script = `import { lock } from ${JSON.stringify(new URL("../../js/server/node/lock.js", import.meta.url).href)};
    await lock(${JSON.stringify(folder)}).then(() => { console.log("mine"); setInterval(() => {}, 1000); }, (error) => console.log(error.name));`;
  const children = Array.from({ length: 6 }, () => spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] }));
  after(() => children.forEach((child) => child.kill("SIGKILL")));
  const said = await Promise.all(children.map(async (child) => String((await once(child.stdout, "data"))[0]).trim()));
  assert.deepEqual(said.filter((word) => word === "mine"), ["mine"], said.join());
  assert.ok(said.every((word) => word === "mine" || word === "Locked"));
  const owner = children[said.indexOf("mine")];
  assert.equal(JSON.parse(await readFile(join(folder, "lock"), "utf8")).pid, owner.pid);
  owner.kill("SIGKILL");
  await once(owner, "exit");
  (await lock(folder)).release();
});
