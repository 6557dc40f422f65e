// Sixteen servers decide at once over one PostgreSQL. With PROVE or ROUNDS more rounds.

import { after } from "node:test";
import { postgres } from "../../js/server/store/postgres/index.js";
import { SERVERS, raceDecisions } from "./decide-races.js";
import { postgresNotes } from "./naive.js";
import { startPostgres } from "./postgres.js";

const server = await startPostgres();
after(() => server.stop());

const connections = () => Array.from({ length: SERVERS }, () => server.pool({ max: 1 }));
raceDecisions(
  "postgres",
  async () => connections().map((connection) => postgres(connection)),
  async () => {
    const [first, ...others] = connections();
    return [await postgresNotes(first), ...(await Promise.all(others.map(postgresNotes)))];
  },
  { few: 6, many: 2000 },
);
