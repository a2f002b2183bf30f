/** Apple: the GPU of an Apple chip uses the machine's own memory. */
import type { Gpu } from '../types.ts';
import type { RunTool } from './run-tool.ts';

export async function lookForApple(run: RunTool): Promise<Gpu[]> {
  const output = await run('/usr/sbin/sysctl', ['-n', 'hw.memsize', 'machdep.cpu.brand_string']);
  return output?.exitCode === 0 ? parseSysctl(output.stdout) : [];
}

/** Two lines: bytes of memory, name of the chip. An Intel processor is no GPU. */
export function parseSysctl(text: string): Gpu[] {
  const [memory, name] = text.split('\n').map((line) => line.trim());
  if (!name?.startsWith('Apple ')) return [];
  const memoryBytes = Number(memory);
  return [{ vendor: 'apple', name, ...(memoryBytes > 0 ? { memoryBytes } : {}) }];
}
