import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createTransport } from "nodemailer";
import pg from "pg";
import { open, postgres } from "querencia/server";

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
    await smtp.sendMail({ to: rows[0].email, from: "lola@casalola.example", subject: text.title, text: text.body, messageId: `<${contact.id}@casalola.example>` });
  },
});

createServer(server.node).listen(Number(process.env.PORT), "127.0.0.1");
