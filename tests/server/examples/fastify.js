import { readFile } from "node:fs/promises";
import fastify from "fastify";
import { createTransport } from "nodemailer";
import pg from "pg";
import { open, postgres } from "querencia/server";

if (!process.env.WEBHOOK_SECRET) throw new Error("WEBHOOK_SECRET is not set");
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const smtp = createTransport(process.env.SMTP_URL);
const server = await open({ policy: await readFile("policy.json", "utf8"), store: postgres(pool), ownCodes: true });

server.deliver({
  channel: "email",
  async send(contact, text, { customer }) {
    const { rows } = await pool.query("select email from customers where id = $1", [customer.id]);
    if (!rows[0]) throw Object.assign(new Error("no address"), { sent: false });
    await smtp.sendMail({ to: rows[0].email, from: "lola@casalola.example", subject: text.title, text: text.body, messageId: `<${contact.id}@casalola.example>` });
  },
  onError: (error, { contact }) => console.error(contact, error.message),
});

const app = fastify();

app.post("/webhooks/order-paid", async (request, reply) => {
  if (request.headers.authorization !== `Bearer ${process.env.WEBHOOK_SECRET}`) return reply.code(401).send();
  const { customer, order } = request.body;
  await server.facts({ customer: { ...customer, orders: [order] } });
  await server.decide(customer.id, { event: { name: "purchase", order } });
  return reply.code(204).send();
});

app.post("/checkout", async ({ body: { code, order } }) => {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("insert into orders (id) values ($1)", [order]);
    const { offer } = await server.redeem(code, order, { client });
    await client.query("commit");
    return { offer };
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
});

await app.listen({ port: Number(process.env.PORT), host: "127.0.0.1" });
process.once("SIGTERM", () => server.close().finally(() => process.exit()));
