// The store or the running server that `export`, `erase` and `import` are about.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { StoreError, openStore } from "../server/node/store.js";
import { isDots } from "../server/context.js";
import { ServerError } from "../server/errors.js";
import { Misuse, nameOf, textOf } from "./input.js";

/** While `serve` has the folder. */
export const ASK = "; or ask the server that runs: --server http://127.0.0.1:8787/querencia";

/** The same, for what no server that runs is asked for. */
export const BESIDE = "; to run it beside the server keep what it knows in a PostgreSQL (DATABASE_URL), which takes both at once";

/** What the commands are given beside their files. */
export const WHERE = /** @type {const} */ ({ data: { type: "string", default: "querencia-data" } });
export const WHERE_OR_SERVER = /** @type {const} */ ({ ...WHERE, server: { type: "string" }, "secret-file": { type: "string" } });

/**
 * @template T
 * @param {Record<string, any>} values
 * @param {(store: import("../server/store.d.ts").ServerStore) => Promise<T>} work
 * @param {string} [instead] what else can be done while another process has the folder
 * @returns {Promise<T>}
 */
export async function withStore({ data }, work, instead = "") {
  const url = process.env.DATABASE_URL || undefined;
  // A misspelt folder would become an empty database.
  if (!url && !existsSync(join(data, "database"))) throw new Misuse(`there is no database in the folder \`${data}\`; give the folder of \`querencia serve\` as --data, or a PostgreSQL as DATABASE_URL`);
  const opened = await openStore({ data, url }).catch((error) => {
    if (error instanceof StoreError) throw new Misuse(error.message + (error.message.includes(" uses the folder ") ? instead : ""));
    throw error;
  });
  try {
    return await work(opened.store);
  } finally {
    await opened.close();
  }
}

/**
 * The secret to ask with. While one replaces another there are two, with white space between, the newest first: the server takes both.
 * @param {string} text
 * @param {string} from where it stands, for people
 */
function secretIn(text, from) {
  const [secret = ""] = text.split(/\s+/).filter(Boolean);
  if (!/^[!-~]+$/.test(secret)) throw new Misuse(`${from} has no secret: a secret is a word of ASCII, and the server that runs has the same`);
  return secret;
}

/**
 * The answer of a running server about a customer.
 * @param {Record<string, any>} values
 * @param {"GET" | "DELETE"} method
 * @param {string} customer
 * @returns {Promise<any>}
 */
export async function askServer({ server, data, "secret-file": file }, method, customer) {
  if (isDots(customer)) throw new Misuse(`over HTTP nobody can ask for the id \`${customer}\`; stop the server, and give its folder as --data, or its PostgreSQL as DATABASE_URL`);
  const given = file === undefined ? process.env.QUERENCIA_SECRET : undefined;
  const from = file ?? join(data, "secret");
  const secret = given ? secretIn(given, "`QUERENCIA_SECRET`") : secretIn(await textOf(from), `\`${nameOf(from)}\``);
  const url = `${server.replace(/\/+$/, "")}/customers/${encodeURIComponent(customer)}`;
  let response;
  try {
    response = await fetch(url, { method, headers: { authorization: `Bearer ${secret}` } });
  } catch {
    throw new Misuse(`no server answers at \`${server}\`; \`querencia serve\` prints its address when it starts`);
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const [{ code = "internal", path = "", message = undefined } = {}] = body.problems ?? [];
  throw new ServerError(code, path, message ?? `the server answers ${response.status}`);
}

/**
 * A mistake of a customer's id is one of the command.
 * @param {unknown} error
 * @returns {never}
 */
export function misused(error) {
  if (error instanceof ServerError) throw new Misuse(error.message, error.code === "unknown-customer" ? 1 : 2);
  throw error;
}
