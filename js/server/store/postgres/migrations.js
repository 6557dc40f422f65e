// The tables, and how they came to be. A step is never changed once it is released: what is to be otherwise is another step at the end.
//
// Records, facts and grants are JSON as text, not as `jsonb`: that refuses the character 0 and halves of surrogate pairs, which a shop may send,
// and sorts the fields. In a query of your own write `body::json`. Columns beside the body are what is searched for.

import { failure } from "../failures.js";
import { SETTINGS, STEP } from "./session.js";

/** @type {string[][]} the statements that lead from each version to the next */
export const MIGRATIONS = [
  [
    `create table querencia_parts (
      part text collate "C" primary key,
      name text,
      wishes text,
      facts text,
      due double precision
    )`,
    `create index querencia_parts_due on querencia_parts (due, part) where due is not null`,
    `create table querencia_records (
      part text collate "C" not null,
      id text collate "C" not null,
      state text not null,
      channel text collate "C",
      at double precision,
      body text not null,
      primary key (part, id)
    )`,
    `create index querencia_records_queue on querencia_records (state, at, id, part)`,
    `create index querencia_records_channel on querencia_records (state, channel, at, id, part)`,
    `create table querencia_grants (
      part text collate "C" not null,
      key text collate "C" not null,
      state text not null,
      code text collate "C",
      body text not null,
      primary key (part, key)
    )`,
    `create unique index querencia_grants_code on querencia_grants (code)`,
    `create index querencia_grants_pending on querencia_grants (part, key) where state = 'reserved'`,
    `create table querencia_counters (name text collate "C" primary key, value double precision not null)`,
    // The tokens of the latest transactions: one whose COMMIT was not answered is looked up here.
    `create table querencia_done (token text collate "C" primary key, at double precision not null)`,
    `create table querencia_notes (name text collate "C" primary key, body text not null)`,
    `create table querencia_redemptions (
      code text collate "C" primary key,
      order_id text not null,
      at double precision not null
    )`,
  ],
];

/** A process that begins may stand still for longer than one that works. In milliseconds. */
const STILL = 120_000;

/** All transactions of parts hold this one shared; who changes what all see holds it alone. */
export const ALL = "hashtextextended('querencia', 0)";

/**
 * Brings the tables to the newest version that this release knows, all steps or none. Tables of a later release stay as they are.
 * @param {import("./session.js").Session} session
 * @param {string[][]} [migrations]
 * @returns {Promise<number>} the version of the tables
 */
export async function migrate(session, migrations = MIGRATIONS) {
  const known = await versionOf(session.query);
  if (known >= migrations.length) return known;
  return session.transaction(
    () => [`select ${SETTINGS}, set_config('idle_in_transaction_session_timeout', '${STILL}', true), pg_advisory_xact_lock(${ALL})`, [String(STEP)], STEP],
    async (query) => {
      // A step may take longer than the database allows to the shop's other statements.
      await query("select set_config('statement_timeout', '0', true)");
      await query("create table if not exists querencia_schema (single integer primary key default 1 check (single = 1), version integer not null)");
      // Another process may have been faster. (What `to_regclass` said before the lock it may say once more.)
      const [row] = await query("select version from querencia_schema");
      const from = row?.version ?? 0;
      for (const statement of migrations.slice(from).flat()) await query(statement, [], STEP);
      const to = Math.max(from, migrations.length);
      await query("insert into querencia_schema (version) values ($1) on conflict (single) do update set version = excluded.version", [to]);
      return { result: to, wrote: "repeatable" };
    },
  );
}

/** @param {import("./session.js").Query} query */
async function versionOf(query) {
  const [{ there }] = await query("select to_regclass('querencia_schema') is not null as there");
  if (!there) return 0;
  const [row] = await query("select version from querencia_schema");
  return row?.version ?? 0;
}

/** Throws if a later release has changed the tables: what this one would write may be wrong there. @param {number} version */
export function assertWritable(version) {
  if (version > MIGRATIONS.length) throw failure("store-newer");
}
