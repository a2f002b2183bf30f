/** Deliveries that the system hands over: by double click, dropped on the icon, or named on the command line of a second start. They are imported, then shown. */
import { statSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';
import { app } from 'electron';
import type { EngineClient } from '#engine/host/message-port.ts';
import { serializeError } from '#core/contract/errors.ts';
import { wordsFor } from './words.ts';

/** What the words of a command line name as deliveries: `.adgen` files that are there. */
export function deliveriesIn(argv: readonly string[], workingDirectory: string): string[] {
  const paths = argv.filter((word) => /\.adgen$/i.test(word) && !word.startsWith('-')).map((word) => (isAbsolute(word) ? word : resolve(workingDirectory, word)));
  return paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

/** macOS tells files by an event, perhaps before the app is ready. */
export function listenForFiles(onFile: (path: string) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault();
    onFile(path);
  });
}

export interface ImportListener {
  /** A sentence for the user. */
  onNotice(text: string): void;
  /** What the page should show. */
  onOpen(route: string): void;
}

/** One file after the other; one that is refused says why and does not stop the next. */
export async function importDeliveries(paths: readonly string[], client: EngineClient, { onNotice, onOpen }: ImportListener): Promise<void> {
  const words = wordsFor(app.getLocale());
  for (const path of paths) {
    try {
      const { projectId, name } = await client.deliveries.import({ path });
      onNotice(words.imported(name));
      onOpen(`open:/projects/${projectId}/storyboard`);
    } catch (error) {
      onNotice(words.notImported(basename(path), serializeError(error).message));
    }
  }
}
