import { test } from "node:test";
import { memory } from "../../js/server/store/memory.js";
import { cases } from "./kit.js";

for (const [name, run] of Object.entries(cases)) test(`memory() ${name}`, () => run(memory()));
