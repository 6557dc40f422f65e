// A folder that one process alone may use, whoever was killed with it.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { lock } from "../../js/server/node/lock.js";
import { openStore } from "../../js/server/node/store.js";

const root = await mkdtemp(join(tmpdir(), "querencia-lock-"));
after(() => rm(root, { recursive: true, force: true }));
const probe = await lock(join(root, "probe"));
const { place } = JSON.parse(await readFile(join(root, "probe", "lock"), "utf8"));
probe.release();

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
    gone: { pid: gone.pid, started: "x", host: hostname(), place },
    again: { pid: process.pid, started: "another boot 1", host: hostname(), place },
    parent: { pid: 1, started: "another boot 1", host: hostname(), place },
    "cut off": '{"pid":12',
    empty: "",
    null: "null",
  })) {
    const folder = await held(name, holder, typeof holder === "string" ? 60 : 0);
    (await lock(folder)).release();
  }
});

test("a lock of another machine holds while it beats; one that is being written holds for a while", async () => {
  const holder = { pid: 1, started: "x", host: "another" };
  await assert.rejects(lock(await held("beats", holder, 5)), /on another machine uses/);
  (await lock(await held("beats no more", holder, 60))).release();
  await assert.rejects(lock(await held("written", "", 0)), /another process uses/);
});

test("a process of another container with the same name holds the folder while it beats, although its number is nobody's here", async () => {
  // Each has a number that means nothing here.
  for (const [at, place] of [undefined, "", "another boot pid:[1]"].entries()) {
    const holder = { pid: 999_999_999, started: "x", host: hostname(), place };
    await assert.rejects(lock(await held(`container ${at}`, holder, 5)), /in another container/);
    (await lock(await held(`container gone ${at}`, holder, 60))).release();
  }
});

// `unshare` needs root, so it is tried with PROVE alone.
if (process.env.PROVE) {
  test("in a namespace of process numbers of its own it is refused", async () => {
    const folder = join(root, "namespaces");
    const { release } = await lock(folder);
    const script = `import { lock } from ${JSON.stringify(new URL("../../js/server/node/lock.js", import.meta.url).href)};
      await lock(${JSON.stringify(folder)}).then(() => console.log("mine"), (error) => console.log(error.name, process.pid));`;
    const said = execFileSync("unshare", ["--pid", "--fork", "--mount-proc", process.execPath, "--input-type=module", "-e", script], { encoding: "utf8" });
    assert.match(said, /^Locked \d{1,2}$/m);
    release();
  });
}

test("whoever stood still and lost the folder is told, beats no more, and leaves the other's file", async (t) => {
  t.mock.timers.enable({ apis: ["Date", "setInterval"], now: Date.now() });
  const folder = join(root, "lost");
  const file = join(folder, "lock");
  const mine = await lock(folder);
  await mine.assert();
  const other = JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), id: "another" });
  await writeFile(file, other);
  const old = new Date(Date.now() - 1_000_000);
  await utimes(file, old, old);
  t.mock.timers.setTime(Date.now() + 20_000);
  await assert.rejects(mine.assert(), { name: "Locked" });
  t.mock.timers.tick(20_000);
  t.mock.timers.reset();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await assert.rejects(mine.assert(), { name: "Locked" });
  mine.release();
  assert.equal(await readFile(file, "utf8"), other);
  assert.ok(Math.abs((await stat(file)).mtimeMs - old.getTime()) < 2);
});

test("of many that take over at once one has it", async () => {
  const folder = await held("race", { pid: 999_999_999, started: "x", host: hostname(), place });
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

test("the database of a folder that another process has now is not written to, and its lock is left alone", async () => {
  const folder = join(root, "away");
  const { store, close } = await openStore({ data: folder });
  const put = { id: "1", campaign: "c", class: "relational", channel: "email", at: 1, state: "armed" };
  await store.transact(() => ({ put: [put], result: 0 }), "ana");
  const other = JSON.stringify({ pid: 1, started: "another", host: "elsewhere", place: "another", id: "another" });
  await writeFile(join(folder, "lock"), other);
  // It looks once in five seconds.
  await new Promise((done) => setTimeout(done, 6000));
  await assert.rejects(store.transact(() => ({ put: [{ ...put, id: "2" }], result: 0 }), "ana"), { code: "store-unreachable" });
  await assert.rejects(store.all(), { code: "store-unreachable" });
  await close();
  assert.equal(await readFile(join(folder, "lock"), "utf8"), other);
});
