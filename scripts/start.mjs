// @ts-check
/** `npm start [-- --port N] [-- --host NAME]`: installs and builds what is missing, serves dist/, prints the address. */
import { parseArgs } from 'node:util';
import { distFolder, ensureBuilt } from './build.mjs';
import { startServer } from './serve.mjs';

try {
  const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
  const port = Number(values.port ?? process.env.PORT ?? 5173);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`invalid port "${values.port ?? process.env.PORT}"`);
  await ensureBuilt();
  const server = await startServer({ root: distFolder, port, host: values.host ?? 'localhost' });
  console.log(`Weft is at ${server.url} (Ctrl+C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.close().then(() => process.exit(0)));
} catch (error) {
  console.error(`weft: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
