import { Command as Palette } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useStrings } from '../strings/index.ts';
import { Kbd } from '../ui/kbd.tsx';
import { useAllCommands } from './commands.ts';

/** Every command by name. */
export function CommandPalette({ isOpen, onOpenChange }: { readonly isOpen: boolean; onOpenChange(isOpen: boolean): void }) {
  const { frame } = useStrings();
  const commands = useAllCommands().filter((command) => command.isDisabled !== true);
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content aria-describedby={undefined} className="fixed top-[14vh] left-1/2 z-50 w-[min(560px,92vw)] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-surface shadow-pop">
          <Dialog.Title className="sr-only">{frame.palette}</Dialog.Title>
          <Palette label={frame.palette} loop>
            <Palette.Input placeholder={frame.paletteHint} aria-label={frame.palette} className="h-11 w-full border-b border-line bg-transparent px-4 text-sm outline-none placeholder:text-muted" />
            <Palette.List className="max-h-[50vh] overflow-auto p-1.5">
              <Palette.Empty className="p-4 text-center text-muted">{frame.nothingFound}</Palette.Empty>
              {groups.map((group) => (
                <Palette.Group key={group} heading={group} className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-[11px] **:[[cmdk-group-heading]]:text-muted">
                  {commands.filter((command) => command.group === group).map((command) => (
                    <Palette.Item key={command.id} value={`${command.label} ${command.id}`} onSelect={() => { onOpenChange(false); command.run(); }} className="flex h-8 items-center justify-between rounded px-2 data-[selected=true]:bg-accent-soft">
                      {command.label}
                      {command.keys?.[0] && <Kbd keys={command.keys[0]} />}
                    </Palette.Item>
                  ))}
                </Palette.Group>
              ))}
            </Palette.List>
          </Palette>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
