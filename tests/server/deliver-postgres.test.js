// Processes that deliver from one PostgreSQL and are killed, PostgreSQL itself too; over Redis the same is done by tests/debian/redis/deliver.test.js.

import { after } from "node:test";
import { postgres } from "querencia/server";
import { killedWhileDelivering } from "./deliver-kills.js";
import { postgresNotes } from "./naive.js";
import { startPostgres } from "./postgres.js";

const server = await startPostgres();
after(() => server.stop());

killedWhileDelivering({
  name: "postgres",
  async empty() {
    const database = await server.database();
    return { store: postgres(server.pool({ database })), given: { config: { ...server.config, database } }, notes: () => postgresNotes(server.pool({ database })) };
  },
  kill: () => server.kill(),
  start: () => server.start(),
});
