/** A program for the benches: so many fake servers on ports of the system's choice, all in this one process; says their addresses. */
import { join } from 'node:path';
import { startFakeServer } from '#sidecar/fake/server.ts';

const [count = '1', folder = '.', previewBytes = '0'] = process.argv.slice(2);
const servers = await Promise.all(Array.from({ length: Number(count) }, async (_, index) => {
  const server = await startFakeServer({ folder: join(folder, String(index)), hugePreviewBytes: Number(previewBytes) });
  server.faults.arm('huge-preview');
  return server;
}));
process.stdout.write(`${JSON.stringify(servers.map(({ url }) => url))}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
