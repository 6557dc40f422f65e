import { readFile } from "node:fs/promises";
import pg from "pg";
import { open, postgres } from "querencia/server";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const server = await open({ policy: await readFile("policy.json", "utf8"), store: postgres(pool), ownCodes: true });
console.log(JSON.stringify(await server.nightly()));
await server.close();
await pool.end();
