// What a shop writes by itself: it reads what it has said, decides, and notes what it says, each on its own. The tests of races do the same with
// it, and it must fail there, or they prove nothing.

/**
 * @typedef {object} Notes what a shop has said to each customer
 * @property {(customer: string) => Promise<any[]>} read
 * @property {(customer: string, record: any) => Promise<unknown>} write
 */

/** @param {import("pg").Pool} pool @returns {Promise<Notes>} */
export async function postgresNotes(pool) {
  await pool.query("create table if not exists notes (customer text, record jsonb)");
  return {
    read: async (customer) => (await pool.query("select record from notes where customer = $1", [customer])).rows.map(({ record }) => record),
    write: (customer, record) => pool.query("insert into notes values ($1, $2)", [customer, record]),
  };
}

/** @param {import("ioredis").Redis} client @returns {Notes} */
export const redisNotes = (client) => ({
  read: async (customer) => (await client.lrange(`notes ${customer}`, 0, -1)).map((text) => JSON.parse(text)),
  write: (customer, record) => client.rpush(`notes ${customer}`, JSON.stringify(record)),
});

/**
 * @param {import("querencia").Engine} engine
 * @param {Notes} notes
 * @param {any} moment with the customer
 * @param {(contact: any) => Promise<void>} [say] before it is noted
 * @returns {Promise<any[]>} what was said
 */
export async function naively(engine, { read, write }, moment, say = async () => {}) {
  const { id } = moment.customer;
  const { contacts } = engine.decide({ now: Date.now(), ...moment, ledger: await read(id) });
  for (const contact of contacts) {
    await say(contact);
    const { campaign, class: group, channel, at, occurrence } = contact;
    await write(id, { id: contact.id, campaign, class: group, channel, at, occurrence, state: "delivered" });
  }
  return contacts;
}
