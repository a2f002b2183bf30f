import { Command as Palette } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { useStrings } from '../strings/index.ts';
import { Kbd } from '../ui/kbd.tsx';
import { useAllCommands } from './commands.ts';
import type { Command } from './commands.ts';
import { rankCommands } from './rank-commands.ts';

/** Every command by name. */
export function CommandPalette({ isOpen, onOpenChange }: { readonly isOpen: boolean; onOpenChange(isOpen: boolean): void }) {
  const { frame } = useStrings();
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content aria-describedby={undefined} className="fixed top-[14vh] left-1/2 z-50 w-[min(560px,92vw)] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-surface shadow-pop">
          <Dialog.Title className="sr-only">{frame.palette}</Dialog.Title>
          <Commands onChosen={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Commands({ onChosen }: { onChosen(): void }) {
  const { frame } = useStrings();
  const [typed, setTyped] = useState('');
  const commands = useAllCommands().filter((command) => command.isDisabled !== true);
  const isSearch = typed.trim() !== '';
  const item = (command: Command) => (
    <Palette.Item key={command.id} value={command.id} aria-description={command.group} onSelect={() => { onChosen(); command.run(); }} className="flex h-8 items-center justify-between gap-3 rounded px-2 data-[selected=true]:bg-accent-soft">
      <span className="truncate">{command.label}{isSearch && <span aria-hidden className="ml-2 text-xs text-muted">{command.group}</span>}</span>
      {command.keys?.[0] && <Kbd keys={command.keys[0]} />}
    </Palette.Item>
  );
  return (
    <Palette label={frame.palette} loop shouldFilter={false}>
      <Palette.Input value={typed} onValueChange={setTyped} placeholder={frame.paletteHint} aria-label={frame.palette} className="h-11 w-full border-b border-line bg-transparent px-4 text-sm outline-none placeholder:text-muted" />
      <Palette.List className="max-h-[50vh] overflow-auto p-1.5">
        <Palette.Empty className="p-4 text-center text-muted">{frame.nothingFound}</Palette.Empty>
        {isSearch ? rankCommands(commands, typed).map(item) : [...new Set(commands.map((command) => command.group))].map((group) => (
          <Palette.Group key={group} heading={group} className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-[11px] **:[[cmdk-group-heading]]:text-muted">
            {commands.filter((command) => command.group === group).map(item)}
          </Palette.Group>
        ))}
      </Palette.List>
    </Palette>
  );
}
