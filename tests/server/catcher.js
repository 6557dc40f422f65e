// A local catcher of mail: it takes what is sent to it, and delivers nothing.

import { SMTPServer } from "smtp-server";

/** @typedef {{ to: string, id: string, subject: string, text: string }} Mail */

/** `pause`: so many milliseconds it takes to accept a mail that it has. */
export async function startCatcher() {
  /** @type {Mail[]} */
  const mails = [];
  const catcher = { mails, pause: 0, url: "", stop: () => new Promise((resolve) => server.close(() => resolve(undefined))) };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(/** @type {any} */ stream, /** @type {any} */ session, /** @type {(error?: Error) => void} */ done) {
      let raw = "";
      stream.setEncoding("utf8");
      stream.on("data", (/** @type {string} */ chunk) => void (raw += chunk));
      stream.on("end", () => {
        mails.push(mailOf(raw, session.envelope.rcptTo[0].address));
        setTimeout(done, catcher.pause);
      });
    },
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(undefined));
  });
  // A client that goes away in the middle is its own affair.
  server.on("error", () => {});
  catcher.url = `smtp://127.0.0.1:${server.server.address().port}`;
  return catcher;
}

/** @param {string} raw @param {string} to @returns {Mail} */
function mailOf(raw, to) {
  const [head, ...body] = raw.replaceAll("\r\n", "\n").split("\n\n");
  const header = (/** @type {string} */ name) => new RegExp(`^${name}: *(.*(?:\n[ \t].*)*)`, "im").exec(head)?.[1].replace(/\s*\n\s*/g, " ") ?? "";
  const isQuoted = /quoted-printable/i.test(header("Content-Transfer-Encoding"));
  const text = body.join("\n\n").trim();
  return { to, id: header("Message-ID").replace(/[<>]|@.*/g, ""), subject: header("Subject"), text: isQuoted ? unquoted(text) : text };
}

/** @param {string} text */
function unquoted(text) {
  const bytes = text.replace(/=\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
