import { toast as show } from 'sonner';
import { sayError } from '../strings/say.ts';

/** Short news at the edge of the window; `undo` offers to take it back. */
export const toast = {
  success: (text: string, undo?: { readonly label: string; onUndo(): void }) => void show.success(text, undo ? { action: { label: undo.label, onClick: () => undo.onUndo() }, duration: 10_000 } : {}),
  info: (text: string) => void show(text),
  error(error: unknown): void {
    const { text, detail } = sayError(error);
    show.error(text, { duration: 12_000, ...(detail === null ? {} : { description: detail }) });
  },
};
