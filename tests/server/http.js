// A server over HTTP without a socket, for tests.

import { readFile } from "node:fs/promises";
import { memory, open } from "querencia/server";

export const SECRET = "a-secret-of-the-tests-forty-characters!!";
export const policy = await readFile(new URL("../../www/policies/casa-lola.json", import.meta.url), "utf8");

/** @param {Partial<Parameters<typeof open>[0]>} [options] */
export async function serverOf(options = {}) {
  /** @type {any[]} */
  const logged = [];
  /** @type {any[]} */
  const failed = [];
  const server = await open({ policy, store: memory(), secret: SECRET, log: (entry) => void logged.push(entry), onError: (error) => void failed.push(error), ...options });
  /**
   * @param {string} method
   * @param {string} path
   * @param {{ body?: unknown, bearer?: string | null, headers?: Record<string, string>, more?: unknown[], prefix?: string }} [asked] a body that is no text is written as JSON
   */
  async function ask(method, path, { body, bearer = SECRET, headers = {}, more = [], prefix = "/querencia" } = {}) {
    const isRaw = typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
    const request = new Request(`http://shop.example${prefix}${path}`, /** @type {RequestInit} */ ({
      method,
      headers: { ...(bearer !== null && { authorization: `Bearer ${bearer}` }), ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body), duplex: "half" }),
    }));
    const response = await server.fetch(request, ...more);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: /json/.test(response.headers.get("content-type") ?? "") && text ? JSON.parse(text) : undefined };
  }
  return { server, ask, logged, failed };
}
