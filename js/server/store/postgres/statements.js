// The statements. Each takes and gives text and numbers alone, so that every client reads them alike; what has many rows goes in as one JSON text,
// so no limit to parameters is met.

import { ALL } from "./migrations.js";
import { SETTINGS } from "./session.js";

const MILLISECONDS = "floor(extract(epoch from clock_timestamp()) * 1000)::double precision";

const partLock = (/** @type {number} */ at) => `hashtextextended('querencia ' || $${at}::text, 0)`;

/** The lock is a statement of its own: the next one sees what whoever held it has stored. $1: for how many milliseconds each wait may last. */
export const LOCK_PART = `select ${SETTINGS}, pg_advisory_xact_lock_shared(${ALL}), pg_advisory_xact_lock(${partLock(2)})`;
export const LOCK_ALL = `select ${SETTINGS}, pg_advisory_xact_lock(${ALL})`;

/** For what is not of a part: only another try of the same waits. */
export const LOCK_ITSELF = `select ${SETTINGS}, pg_advisory_xact_lock(${partLock(2)})`;

/** All that a transaction decides by, in one statement and so at one instant. @param {boolean} isWhole of all parts, not of $1 and the guests */
export const readState = (isWhole) => {
  const which = isWhole ? "($1::text is null or true)" : "part in ($1::text, '')";
  return `
  select 'store' as kind, current_setting('transaction_isolation') as part, (select version::text from querencia_schema) as name, ${MILLISECONDS}::text as body
  union all select 'wishes', part, name, wishes from querencia_parts where ${which}
  union all select 'facts', part, null, facts from querencia_parts where part = $1::text
  union all select 'record', part, null, body from querencia_records where ${which}
  union all select 'grant', part, null, body from querencia_grants where part = $1::text
  union all select 'live', null, name, value::text from querencia_counters where name >= 'live.' and name < 'live/'`;
};

/** For so many milliseconds it is known what was done. */
const REMEMBERED = 600_000;

/** Notes that a transaction was done. */
export const DONE = `insert into querencia_done (token, at) values ($1::text, ${MILLISECONDS})`;

/** Forgets what was done long ago. Run now and then; what another one deletes is left to it. */
export const FORGET_DONE = `
  delete from querencia_done where token in (
    select token from querencia_done where at < ${MILLISECONDS} - ${REMEMBERED} limit 1000 for update skip locked)`;

/** Stores everything of a transaction, and that it was done. Gives what the counters are now. */
export const WRITE = `
  with given as (select $1::text::json as it),
  done as (insert into querencia_done (token, at) select it->>'token', ${MILLISECONDS} from given),
  parts as (
    insert into querencia_parts (part, name, wishes, facts, due)
    select one.* from given, json_to_recordset(it->'parts') as one(part text, name text, wishes text, facts text, due double precision)
    on conflict (part) do update set
      wishes = coalesce(excluded.wishes, querencia_parts.wishes), facts = coalesce(excluded.facts, querencia_parts.facts),
      due = case when excluded.facts is null then querencia_parts.due else excluded.due end),
  records as (
    insert into querencia_records (part, id, state, channel, at, body)
    select one.* from given, json_to_recordset(it->'put') as one(part text, id text, state text, channel text, at double precision, body text)
    on conflict (part, id) do update set state = excluded.state, channel = excluded.channel, at = excluded.at, body = excluded.body),
  dropped as (
    delete from querencia_records using given, json_to_recordset(it->'drop') as one(part text, id text)
    where querencia_records.part = one.part and querencia_records.id = one.id),
  ungranted as (
    delete from querencia_grants using given, json_to_recordset(it->'ungrant') as one(part text, key text)
    where querencia_grants.part = one.part and querencia_grants.key = one.key),
  grants as (
    insert into querencia_grants (part, key, state, code, body)
    select one.* from given, json_to_recordset(it->'grants') as one(part text, key text, state text, code text, body text)
    on conflict (part, key) do update set state = excluded.state, code = excluded.code, body = excluded.body),
  counters as (
    insert into querencia_counters (name, value)
    select one.name, one.add from given, json_to_recordset(it->'counters') as one(name text, add double precision) order by one.name collate "C"
    on conflict (name) do update set value = querencia_counters.value + excluded.value
    returning name, value)
  select name, value from counters`;

/** @param {{ channel?: string, after?: object }} options whether they are given */
export const queue = ({ channel, after }) => `
  select part, id, at,
    case when position('\\~' in id) > 0 then body end as body,
    case when position('\\~' in part) > 0 then (select name from querencia_parts p where p.part = r.part) end as name
  from querencia_records r
  where state = $1::text and at <= $2::double precision and $3::text is not distinct from ${channel === undefined ? "null" : "$3::text"}
    ${channel === undefined ? "" : "and channel = $3::text"}
    ${after ? "and (at, id, part) > ($5::double precision, $6::text, $7::text)" : ""}
  order by at, id, part limit $4::integer`;

export const PENDING = `
  select part, key, case when position('\\~' in key) > 0 then body end as body,
    case when position('\\~' in part) > 0 then (select name from querencia_parts p where p.part = g.part) end as name
  from querencia_grants g where state = 'reserved' and (part, key) > ($1::text, $2::text) order by part, key limit $3::integer`;

export const DUE = `
  select part, name, due from querencia_parts
  where due is not null and due <= $1::double precision and (due, part) > ($2::double precision, $3::text) order by due, part limit $4::integer`;

export const PARTS = "select part, name from querencia_parts where part > $1::text order by part limit $2::integer";

export const NOW = `select ${MILLISECONDS} as now`;

/** Who comes second waits until it is known whether the first one's transaction holds. */
export const REDEEM = `
  insert into querencia_redemptions (code, order_id, at) values ($1::text, $2::text, ${MILLISECONDS})
  on conflict (code) do nothing returning order_id, at`;
export const REDEEMED = "select order_id, at from querencia_redemptions where code = $1::text";

export const ERASE = `
  with records as (delete from querencia_records where part = $1::text),
  grants as (delete from querencia_grants where part = $1::text),
  parts as (delete from querencia_parts where part = $1::text)
  select 1`;

export const FORGET = `
  with records as (delete from querencia_records), parts as (update querencia_parts set facts = null, due = null where facts is not null)
  select 1`;

/** In the order in which WRITE takes them, so that no two transactions wait for each other. */
export const UNCOUNT = `
  with old as (
    select name from querencia_counters where name in (select json_array_elements_text($1::json)) order by name collate "C" for update)
  delete from querencia_counters using old where querencia_counters.name = old.name`;

export const PUT_FACTS = `
  insert into querencia_parts (part, name, facts, due) values ($1::text, $2::text, $3::text, $4::double precision)
  on conflict (part) do update set facts = excluded.facts, due = excluded.due`;

export const PUT_NOTE = `
  insert into querencia_notes (name, body) values ($1::text, $2::text)
  on conflict (name) do update set body = excluded.body`;

export const DELETE_NOTE = "delete from querencia_notes where name = $1::text";
