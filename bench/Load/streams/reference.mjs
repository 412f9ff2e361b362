// The protocol's reference server, in memory or on files.
import { DurableStreamTestServer } from "@durable-streams/server";

const { PORT, DATA_DIR } = process.env;
const server = new DurableStreamTestServer({ port: Number(PORT), host: "127.0.0.1", dataDir: DATA_DIR, compression: false });
await server.start();
