// `querencia serve`: the shop's server over HTTP, with a policy, a database and a secret.

import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { open } from "../server/open.js";
import { authenticateOf } from "../server/http/authenticate.js";
import { corsOf } from "../server/http/cors.js";
import { StoreError, openStore } from "../server/node/store.js";
import { catalogOf } from "./catalog.js";
import { Misuse, engineOf, nameOf, read, textOf } from "./input.js";

/** How long what runs may take once the server is asked to stop, in milliseconds. */
const PATIENCE = 10_000;

/** What a request may take of its connection: a header that drips in, a body that never ends. */
const TIMES = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384, connectionsCheckingInterval: 1_000 };

const CONNECTIONS = 1_000;

/** @type {import("./index.js").Run} */
export async function run(words, { out, err }) {
  const { files, values } = read(words, ["policy.json"], {
    port: { type: "string", default: "8787" },
    host: { type: "string", default: "127.0.0.1" },
    data: { type: "string", default: "querencia-data" },
    "secret-file": { type: "string" },
    origin: { type: "string", multiple: true },
    "own-codes": { type: "boolean" },
    catalog: { type: "string" },
  });
  const [file] = files;
  if (file === "-" || values.catalog === "-") throw new Misuse("give the policy, and the catalogue, each as a file: they are read again when the server is told to (SIGHUP)");
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Misuse("--port: give a number from 0 to 65535; 0 takes one that is free");
  const checked = await engineOf(file, undefined, err);
  if (!checked) return 1;
  checked.engine.free();
  /** What was read last and counts. @type {Read} */
  const last = { policy: checked.text };
  if (values.catalog !== undefined && !(last.catalog = await catalogOf(values.catalog, last.policy, err))) return 1;

  const url = process.env.DATABASE_URL || undefined;
  const secret = await secretOf(values, err);
  let asker = askerOf(secret.texts);
  try {
    corsOf(values.origin ?? []);
  } catch (error) {
    throw new Misuse(`--origin: ${/** @type {Error} */ (error).message}`);
  }
  // What is wrong with the port is told before a database is made. Who asks meanwhile waits for it.
  /** @type {(server: import("../server/index.d.ts").Server) => void} */
  let begin = () => {};
  /** @type {Promise<import("../server/index.d.ts").Server>} */
  const begun = new Promise((resolve) => (begin = resolve));
  const http = createServer(TIMES, async (req, res) => (await begun).node(req, res));
  http.maxConnections = CONNECTIONS;
  /** @type {ReturnType<typeof stopped> | undefined} */
  let stop;
  // From before it can be reached until it has ended: without a handler this signal ends a process. What comes while it starts is read then.
  process.on("SIGHUP", async () => {
    const server = await begun;
    if (stop?.isAsked()) return;
    void secretAgain(secret, err).then((texts) => void (texts && (asker = askerOf(texts))));
    await reload(server, { policy: file, catalog: values.catalog }, last, err);
  });
  await listen(http, port, values.host);
  stop = stopped(http);
  /** @type {Awaited<ReturnType<typeof openStore>> | undefined} */
  let opened;
  try {
    if (!url) err("querencia: opening the database; the first time that may take half a minute …");
    opened = await openStore({ data: values.data, url }).catch(misuse);
    if (stop.isAsked()) return 0;
    const server = await open({
      policy: checked.text,
      store: opened.store,
      authenticate: (request, given) => asker(request, given),
      origins: values.origin,
      ownCodes: values["own-codes"],
      ...(values.catalog !== undefined && { catalog: () => last.catalog }),
      log: (entry) => out(JSON.stringify(entry)),
      // What failed, and where, and nothing of what was sent.
      onError: (error) => err(`querencia: ${told(error)}`),
    });
    begin(server);
    const address = /** @type {import("node:net").AddressInfo | null} */ (http.address());
    if (address) tellWhatNext(err, values.catalog !== undefined, `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}/querencia`, opened.about, secret);
    warnOfSilence(checked.text, err);
    await stop.done;
    await server.close();
    return 0;
  } finally {
    http.close();
    http.closeAllConnections();
    await opened?.close();
  }
}

/** @param {unknown} error @returns {never} */
function misuse(error) {
  if (error instanceof StoreError) throw new Misuse(error.message);
  throw error;
}

/** Who asks, by the secret: the shop's server, or a customer's token. @param {string[]} texts */
const askerOf = (texts) => /** @type {import("../server/index.d.ts").Authenticate} */ (authenticateOf({ secret: texts }));

/**
 * A policy for pages alone gives the shop's server nothing to say: it would answer so, without a reason. (Pages ask for their own channel.)
 * @param {string} policy
 * @param {(line: string) => void} err
 */
function warnOfSilence(policy, err) {
  /** @type {{ channel?: string }[]} */
  const campaigns = JSON.parse(policy).campaigns ?? [];
  if (campaigns.every(({ channel }) => channel === "onsite")) {
    err('querencia: no campaign of this policy is for a channel that a shop sends on: all are for pages ("channel": "onsite"), so /decide has nothing to say of mails. A campaign with "channel": "email" is mailed.');
  }
}

/** An error of ours or of a database, without what it says of values. @param {any} error */
function told(error) {
  const at = /\n +at (.*)/.exec(error?.stack ?? "")?.[1] ?? "";
  return `${error?.name ?? "an error"}${error?.code ? ` ${error.code}` : ""}${at ? `, at ${at.replace(/\(?file:\/\/\S*\/(?=js\/)/, "(")}` : ""}`;
}

/** @typedef {{ texts: string[], from: string, read: string, file?: string }} Secret the newest first; `read`: what a shell writes to have it */

/**
 * The secret: of the environment, of a file, or made once.
 * @param {Record<string, any>} values
 * @param {(line: string) => void} err
 * @returns {Promise<Secret>}
 */
async function secretOf(values, err) {
  const given = process.env.QUERENCIA_SECRET;
  if (given && !values["secret-file"]) return long(given, "QUERENCIA_SECRET", "${QUERENCIA_SECRET%% *}");
  const file = values["secret-file"] ?? join(values.data, "secret");
  if (values["secret-file"]) return { ...long(await textOf(file), `\`${nameOf(file)}\``, `$(head -n 1 '${file}')`), file };
  await mkdir(values.data, { recursive: true, mode: 0o700 }).catch((error) => misuse(new StoreError(`the folder \`${values.data}\` cannot be made (${error.code}); give one that can be written as --data`)));
  try {
    // Of two that begin at once one makes it, and both read it.
    await writeFile(file, `${randomBytes(32).toString("base64url")}\n`, { flag: "wx", mode: 0o600 });
    err(`querencia: made a secret in \`${file}\`: keep it, and give it to your shop's server alone`);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== "EEXIST") throw new Misuse(`\`${file}\` cannot be written (${code}); give the secret as QUERENCIA_SECRET or --secret-file`);
  }
  const text = await readFile(file, "utf8").catch((error) => {
    throw new Misuse(`\`${file}\` cannot be read (${error.code}); give the secret as QUERENCIA_SECRET or --secret-file`);
  });
  return { ...long(text, `\`${file}\``, `$(head -n 1 '${file}')`), file };
}

/**
 * Reads the secret again where it stands in a file: while one replaces another both are in it. One that is refused changes nothing.
 * @param {Secret} secret is changed
 * @param {(line: string) => void} err
 * @returns {Promise<string[] | undefined>} undefined: it is as it was
 */
async function secretAgain(secret, err) {
  if (secret.file === undefined || secret.file === "-") return undefined;
  try {
    const { texts } = long(await textOf(secret.file), secret.from, secret.read);
    if (texts.join(" ") === secret.texts.join(" ")) return undefined;
    err(`querencia: takes ${texts.length === 1 ? "the one secret" : `the ${texts.length} secrets`} of ${secret.from} from now on`);
    return (secret.texts = texts);
  } catch (error) {
    err(`querencia: the secret stays as it was: ${error instanceof Misuse ? error.message : told(error)}`);
    return undefined;
  }
}

/** Two are given while one replaces the other, with white space between. @param {string} text @param {string} from @param {string} read */
function long(text, from, read) {
  const texts = text.split(/\s+/).filter(Boolean);
  if (texts.length === 0 || texts.some((one) => one.length < 32 || !/^[!-~]+$/.test(one))) {
    throw new Misuse(`the secret of ${from} is no 32 characters of ASCII; make one with: openssl rand -base64 32`);
  }
  return { texts, from, read };
}

/**
 * @param {import("node:http").Server} http
 * @param {number} port
 * @param {string} host
 */
async function listen(http, port, host) {
  try {
    await /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
      http.once("error", reject);
      http.listen(port, host, () => resolve());
    }));
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "EADDRINUSE") throw new Misuse(`the port ${port} of ${host} is in use; stop what uses it, or give another as --port`);
    if (code === "EACCES") throw new Misuse(`you may not use the port ${port}; give one above 1023 as --port`);
    throw new Misuse(`nothing can listen on ${host} (${code}); give an address of this machine as --host`);
  }
}

/** `done` resolves once a signal came and what ran is finished. @param {import("node:http").Server} http */
function stopped(http) {
  let isAsked = false;
  /** @type {Promise<void>} */
  const done = new Promise((resolve) => {
    const stop = () => {
      isAsked = true;
      http.close(() => resolve());
      http.closeIdleConnections();
      setTimeout(() => http.closeAllConnections(), PATIENCE).unref();
    };
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  });
  return { done, isAsked: () => isAsked };
}

/** @typedef {{ policy: string, catalog?: import("../types.d.ts").Catalog }} Read the policy's text, and the catalogue */

/**
 * Reads the policy and the catalogue again. One that is refused changes nothing.
 * @param {import("../server/index.d.ts").Server} server
 * @param {{ policy: string, catalog?: string }} files
 * @param {Read} last
 * @param {(line: string) => void} err
 */
async function reload(server, files, last, err) {
  await reloadPolicy(server, files.policy, last, err);
  if (files.catalog === undefined) return;
  try {
    const catalog = await catalogOf(files.catalog, last.policy, err);
    if (catalog) last.catalog = catalog;
    err(catalog ? `querencia: decides by the catalogue with ${catalog.products?.length ?? 0} articles from now on` : "querencia: the catalogue stays as it was");
  } catch (error) {
    err(`querencia: the catalogue stays as it was: ${error instanceof Misuse ? error.message : told(error)}`);
  }
}

/** @param {import("../server/index.d.ts").Server} server @param {string} file @param {Read} last @param {(line: string) => void} err */
async function reloadPolicy(server, file, last, err) {
  try {
    const checked = await engineOf(file, undefined, err);
    if (!checked) return err("querencia: the policy stays as it was");
    checked.engine.free();
    const { policy, gone } = await server.policy(checked.text);
    last.policy = checked.text;
    err(`querencia: decides by the policy ${policy} from now on`);
    if (gone.length > 0) err(`querencia: no longer there, so not said: ${gone.join(", ")}`);
    warnOfSilence(checked.text, err);
  } catch (error) {
    err(`querencia: the policy stays as it was: ${error instanceof Misuse ? error.message : told(error)}`);
  }
}

/**
 * @param {(line: string) => void} err
 * @param {boolean} catalog whether there is one
 * @param {string} url
 * @param {string} store
 * @param {{ from: string, read: string }} secret
 */
function tellWhatNext(err, catalog, url, store, secret) {
  err(`querencia listens on ${url}, keeps what it knows in ${store}, and takes the secret of ${secret.from}.`);
  err("Tell it of a customer and an order, then ask what to say:");
  for (const [path, body] of /** @type {const} */ ([
    ["facts", { customer: { id: "ana", orders: [{ id: "1042", at: new Date().toISOString() }] } }],
    ["decide", { customer: "ana" }],
  ])) {
    err(`  curl -H "Authorization: Bearer ${secret.read}" -H 'Content-Type: application/json' -d '${JSON.stringify(body)}' ${url}/${path}`);
  }
  err("Its addresses: " + `${url}/openapi.json. Control-C stops it; SIGHUP reads the policy again${catalog ? ", and the catalogue" : ""}.`);
}
