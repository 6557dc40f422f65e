// What happens, in numbers, as OpenMetrics text: of this process since it began. Nothing in it names a customer.

import { VERSION } from "./schemas.js";

export const OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** A sample: its labels and its number. @typedef {[Record<string, string | number>, number, string?]} Sample the last: the end of its name */

/** @param {string | number} value */
const quoted = (value) => `"${String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

/**
 * @param {string} name
 * @param {"counter" | "gauge" | "info" | "summary"} type
 * @param {string} help
 * @param {Sample[]} samples none: nothing is said of it
 * @returns {string[]} lines
 */
export function family(name, type, help, samples) {
  if (samples.length === 0) return [];
  const ending = { counter: "_total", info: "_info", gauge: "", summary: "" }[type];
  const unit = name.endsWith("_seconds") ? [`# UNIT ${name} seconds`] : [];
  const lines = samples.map(([labels, value, end = ending]) => {
    const inner = Object.entries(labels).map(([label, value]) => `${label}=${quoted(value)}`);
    return `${name}${end}${inner.length > 0 ? `{${inner.join(",")}}` : ""} ${value}`;
  });
  return [`# TYPE ${name} ${type}`, ...unit, `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`, ...lines];
}

export class Metrics {
  /** By method, route and status. @type {Map<string, { labels: Record<string, string | number>, count: number }>} */
  #requests = new Map();
  /** By route. @type {Map<string, { count: number, seconds: number }>} */
  #times = new Map();
  /** By code. @type {Map<string, number>} */
  #errors = new Map();

  /** @param {import("./index.js").LogEntry} entry */
  note({ method, route, status, milliseconds, code }) {
    const key = `${method} ${route} ${status}`;
    const known = this.#requests.get(key) ?? { labels: { method, route, status }, count: 0 };
    known.count += 1;
    this.#requests.set(key, known);
    const time = this.#times.get(route) ?? { count: 0, seconds: 0 };
    this.#times.set(route, { count: time.count + 1, seconds: time.seconds + milliseconds / 1000 });
    if (code) this.#errors.set(code, (this.#errors.get(code) ?? 0) + 1);
  }

  /**
   * @param {import("../context.js").Context} context
   * @param {import("../index.d.ts").Server} server
   */
  async text(context, server) {
    const counts = Object.entries(context.counters.total);
    /** Those of a kind, whose names have two parts. @param {string} kind @param {string[]} labels @returns {Sample[]} */
    const of = (kind, labels) =>
      counts.flatMap(([name, count]) => {
        const [own, ...parts] = name.split(".");
        return own === kind && parts.length === labels.length ? [/** @type {Sample} */ ([Object.fromEntries(labels.map((label, index) => [label, parts[index]])), count])] : [];
      });
    // A store that is away shall not hide the numbers that say so.
    const [waiting, live] = await Promise.all([server.queued().catch(() => ({})), context.store.counters("live.").catch(() => undefined)]);
    const queues = Object.entries(waiting);
    const lines = [
      family("querencia", "info", "The version of the package, and the policy.", [[{ version: VERSION, policy: context.engine.policyHash ?? "" }, 1]]),
      family("querencia_requests", "counter", "Requests over HTTP.", [...this.#requests.values()].map(({ labels, count }) => [labels, count])),
      family("querencia_request_seconds", "summary", "How long requests took.", [...this.#times].flatMap(([route, { count, seconds }]) => /** @type {Sample[]} */ ([[{ route }, count, "_count"], [{ route }, Math.round(seconds * 1e6) / 1e6, "_sum"]]))),
      family("querencia_errors", "counter", "Requests that were refused, by code.", [...this.#errors].map(([code, count]) => [{ code }, count])),
      family("querencia_decisions", "counter", "Decisions.", of("decisions", [])),
      family("querencia_withheld", "counter", "How often a campaign was held back, by gate and code.", of("refused", ["gate", "code"])),
      family("querencia_contacts", "counter", "Contacts that came to a state, by channel.", of("contact", ["channel", "state"])),
      family("querencia_reactions", "counter", "Reactions, by channel.", of("reaction", ["channel", "reaction"])),
      family("querencia_queue", "gauge", "Contacts that wait to be sent, by channel.", queues.map(([channel, { reserved }]) => [{ channel }, reserved])),
      family("querencia_queue_oldest_seconds", "gauge", "For how long the oldest of them waits.", queues.map(([channel, { oldest }]) => [{ channel }, (oldest ?? 0) / 1000])),
      family("querencia_unanswered", "gauge", "Conversations that wait for an answer.", live ? [[{}, Math.max(0, live["live.unanswered"] ?? 0)]] : []),
      family("querencia_store_up", "gauge", "1 if the store answers, else 0.", [[{}, live ? 1 : 0]]),
    ];
    return `${lines.flat().join("\n")}\n# EOF\n`;
  }
}
