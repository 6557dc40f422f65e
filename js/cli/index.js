#!/usr/bin/env node
// The command `querencia`. A command is a file that exports `run`, and a row here. Exit codes: 0 done, 1 the answer is no (a policy is
// refused), 2 it was called wrongly.

import { Misuse } from "./input.js";

/**
 * @typedef {{ out: (line: string) => void, err: (line: string) => void }} Terminal each writes a line
 * @typedef {(words: string[], terminal: Terminal) => Promise<number>} Run
 * @type {Record<string, { usage: string, about: string, load: () => Promise<{ run: Run }> }>}
 */
const COMMANDS = {
  publish: {
    usage: "publish <policy.json> --out <folder> [--now <instant>]",
    about: "writes what pages may read of a policy, and tells what is left out and what everybody can read",
    load: () => import("./publish.js"),
  },
  serve: {
    usage: "serve <policy.json> [--port 8787] [--host 127.0.0.1] [--data querencia-data] [--secret-file <file>] [--origin https://shop.example] [--own-codes] [--catalog <catalog.json>]",
    about: "answers over HTTP: takes facts of customers, decides, and keeps one limit over all channels",
    load: () => import("./serve.js"),
  },
  export: {
    usage: "export <customer> [--data querencia-data] [--server http://127.0.0.1:8787/querencia] [--secret-file <file>]",
    about: "prints all that the server knows of one customer, as JSON",
    load: () => import("./export.js"),
  },
  erase: {
    usage: "erase <customer> [--data querencia-data] [--server http://127.0.0.1:8787/querencia] [--secret-file <file>]",
    about: "deletes all that the server knows of one customer",
    load: () => import("./erase.js"),
  },
  import: {
    usage: "import <policy.json> <sent.jsonl> [--data querencia-data]",
    about: "takes in mails that were sent without the server, one a line, so that nobody is told again",
    load: () => import("./import.js"),
  },
  prune: {
    usage: "prune <policy.json> [--inactive 1095d] [--data querencia-data]",
    about: "deletes records that no decision reads, and customers of whom nothing was heard for so long",
    load: () => import("./prune.js"),
  },
  check: {
    usage: "check <policy.json> [--now <instant>]",
    about: "says what is wrong with a policy, and where",
    load: () => import("./check.js"),
  },
  explain: {
    usage: "explain <policy.json> <request.json> [--now <instant>] [--locale es|en]",
    about: "explains one decision: who the customer is, what is shown, what is held back and until when",
    load: () => import("./explain.js"),
  },
  "explain --batch": {
    usage: "explain <policy.json> <requests.jsonl> --batch [--now <instant>] [--locale es|en]",
    about: "counts over many requests, one a line, why campaigns are held back",
    load: () => import("./explain.js"),
  },
};

const USAGE = `usage: querencia <command>

${Object.values(COMMANDS).map(({ usage, about }) => `  ${usage}\n      ${about}`).join("\n")}

  --help      prints this
  --version   prints the version of the package

One file may be \`-\`: the standard input. Without --now the time of the request counts, else the clock's.
It ends with 0, with 1 if a policy or a request is refused, and with 2 if it was called wrongly.`;

/** @param {string[]} words @param {Terminal} terminal */
async function main([name, ...words], terminal) {
  if (name === undefined || name === "--help" || name === "-h" || name === "help" || words.includes("--help")) {
    terminal.out(USAGE);
    return 0;
  }
  if (name === "--version") {
    const { readFile } = await import("node:fs/promises");
    terminal.out(JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")).version);
    return 0;
  }
  try {
    if (!Object.hasOwn(COMMANDS, name)) throw new Misuse(`there is no command \`${name}\`; \`querencia --help\` lists them`);
    return await (await COMMANDS[name].load()).run(words, terminal);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    terminal.err(`querencia: ${error.message}`);
    return error.exit;
  }
}

// A reader that has read enough, as `head`, closes the pipe.
process.stdout.on("error", (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPIPE") throw error;
});
process.exitCode = await main(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
});
