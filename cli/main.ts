/** The `adgen` command: parses, hands over to one file per command, and turns every outcome into an exit code. */
import { CommanderError } from 'commander';
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { createProgram } from './program.ts';
import { oneLine, printNote } from './terminal.ts';

dieWithStarter();
process.exitCode = await runProgram(process.argv.slice(2));

async function runProgram(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args.length === 0 ? ['open'] : [...args], { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return reportUsage(error);
    return reportError(error);
  }
}

/** `npm start` keeps a channel open to this process. When it breaks, the starter was killed, and so are we; a run can be resumed. */
function dieWithStarter(): void {
  process.once('disconnect', () => process.exit(EXIT.failed));
  process.channel?.unref();
}

/** Commander has printed the mistake itself. */
function reportUsage({ code, exitCode }: CommanderError): number {
  if (code === 'commander.unknownOption') printNote('A file whose name begins with a dash is written with its folder: ./-photo.jpg');
  return exitCode === 0 ? EXIT.done : EXIT.usage;
}

function reportError(error: unknown): number {
  const { code, message, stack } = serializeError(error);
  if (code === 'CANCELED') printNote(error instanceof AdgenError ? oneLine(message) : 'Canceled. "adgen resume --latest" goes on where it stopped.');
  else if (code === 'INTERNAL') printNote(`Something broke that should not: ${oneLine(message)}\n${stack ?? ''}`);
  else printNote(`Error: ${oneLine(message, 2000)}`);
  return exitCodeOf(error);
}
