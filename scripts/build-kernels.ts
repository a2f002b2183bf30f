/**
 * Compiles the compositor's AssemblyScript kernels (`engine/compositing/kernels/*.as`) into the committed
 * `kernels.wasm`. The sources end in `.as` so that TypeScript leaves them alone; the compiler wants `.ts`, hence the
 * mapped file reader. Run by `npm run build:kernels`; a test compares the committed bytes with a fresh build.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { main as compile } from 'assemblyscript/asc';

const KERNELS = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'engine', 'compositing', 'kernels');
export const KERNELS_WASM = path.join(KERNELS, 'kernels.wasm');

const OPTIONS = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--noExportMemory', '--noAssert'];

/** Compiles all kernels in memory and returns the module's bytes; throws with the compiler's messages. */
export async function buildKernels(): Promise<Uint8Array> {
  const entries = readdirSync(KERNELS).filter((file) => file.endsWith('.as')).sort().map((file) => file.replace(/\.as$/, '.ts'));
  let output: Uint8Array | undefined;
  const messages: string[] = [];
  const sink = { write: (text: string | Uint8Array) => void messages.push(String(text)) };
  const { error } = await compile([...entries, ...OPTIONS, '--outFile', 'kernels.wasm'], {
    stdout: sink,
    stderr: sink,
    readFile: (name) => (entries.includes(name) ? readFileSync(path.join(KERNELS, name.replace(/\.ts$/, '.as')), 'utf8') : null),
    writeFile: (_name, contents) => void (output = contents as Uint8Array),
    listFiles: () => [],
  });
  if (error || !output) throw new Error(`The kernels do not compile: ${error?.message ?? ''}\n${messages.join('')}`);
  return output;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await buildKernels();
  writeFileSync(KERNELS_WASM, bytes);
  process.stdout.write(`${path.relative(process.cwd(), KERNELS_WASM)}: ${bytes.length} bytes\n`);
}
