import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createTransport } from "nodemailer";
import pg from "pg";
import { open, postgres } from "querencia/server";

if (!process.env.WEBHOOK_SECRET) throw new Error("WEBHOOK_SECRET is not set");
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const smtp = createTransport(process.env.SMTP_URL);
const server = await open({
  policy: await readFile("policy.json", "utf8"),
  store: postgres(pool),
  secret: process.env.WEBHOOK_SECRET,
  ownCodes: true,
});

server.deliver({
  channel: "email",
  async send(contact, text, { customer }) {
    const { rows } = await pool.query("select email from customers where id = $1", [customer.id]);
    if (!rows[0]) throw Object.assign(new Error("no address"), { sent: false });
    await smtp.sendMail({ to: rows[0].email, from: "lola@casalola.example", subject: text.title, text: text.body, messageId: `<${contact.id}@casalola.example>` });
  },
  onError: (error, { contact }) => console.error(contact, error.message),
});

createServer(server.node).listen(Number(process.env.PORT), "127.0.0.1");
process.once("SIGTERM", () => server.close().finally(() => process.exit()));
