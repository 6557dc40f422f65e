import { readFile } from "node:fs/promises";
import express from "express";
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

const app = express().use(express.json());

app.post("/webhooks/order-paid", async (request, response) => {
  if (request.get("authorization") !== `Bearer ${process.env.WEBHOOK_SECRET}`) return response.sendStatus(401);
  const { customer, order } = request.body;
  await server.facts({ customer: { ...customer, orders: [order] } });
  await server.decide(customer.id, { event: { name: "purchase", order } });
  response.sendStatus(204);
});

app.post("/checkout", async (request, response) => {
  const { offer } = await server.redeem(request.body.code, request.body.order);
  response.json({ offer });
});

app.use((error, request, response, next) => {
  if (!error.status) console.error(error);
  response.status(error.status ?? 500).json({ code: error.code });
});

app.listen(Number(process.env.PORT), "127.0.0.1");
process.once("SIGTERM", () => server.close().finally(() => process.exit()));
