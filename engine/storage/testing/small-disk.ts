/** A disk of a size that the test chooses and changes: a tmpfs. Only root may mount, and not in every container; what needs one is left out elsewhere. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Whether this machine lets us. Asked in a name space of its own, so nothing is left behind. */
export function canMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface SmallDisk {
  readonly path: string;
  /** @param size as mount takes it: `300k`, `2m` */
  resize(size: string): void;
  usedKb(): number;
  unmount(): void;
}

/** Makes the folder. @param size as mount takes it: `300k`, `2m` */
export function mountSmallDisk(path: string, size: string): SmallDisk {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  return {
    path,
    resize: (to) => void execFileSync('mount', ['-o', `remount,size=${to}`, path]),
    usedKb: () => Number(execFileSync('du', ['-sk', path], { encoding: 'utf8' }).split('\t')[0]),
    unmount: () => void execFileSync('umount', ['-l', path]),
  };
}
