/** One studio per data folder: a second start hands what it was asked to the first, and ends. */
import { app } from 'electron';

/** Returns whether this is the first. `onSecond`: what another start was asked to open. */
export function beTheOnlyOne(onSecond: (argv: readonly string[], workingDirectory: string) => void): boolean {
  const isFirst = app.requestSingleInstanceLock();
  if (isFirst) app.on('second-instance', (_event, argv, workingDirectory) => onSecond(argv, workingDirectory));
  return isFirst;
}
