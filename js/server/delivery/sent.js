// Whether a `send` that threw certainly sent nothing. Only then may the message be tried again.

/** What nodemailer throws before a message is handed over, or because the other side refused it. */
const REFUSALS = ["EAUTH", "EDNS", "EENVELOPE", "EMESSAGE"];

/**
 * A connection that broke while the message was on its way, or an error of what `send` did after it, says nothing: nobody knows.
 * @param {any} error
 */
export function isCertainlyNotSent(error) {
  try {
    const { sent, code, command, syscall, responseCode } = Object(error);
    if (typeof sent === "boolean") return !sent;
    if (REFUSALS.includes(code)) return true;
    if (code !== "ECONNECTION" && responseCode >= 400 && responseCode < 600) return true;
    return command === "CONN" && syscall === "connect";
  } catch {
    return false; // what cannot be read says nothing
  }
}
