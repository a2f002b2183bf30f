import { useStrings } from '../strings/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { useAllCommands } from './commands.ts';

/** The keys of the screen of the moment. */
export function ShortcutSheet({ isOpen, onOpenChange }: { readonly isOpen: boolean; onOpenChange(isOpen: boolean): void }) {
  const { frame } = useStrings();
  const commands = useAllCommands().filter((command) => command.keys && command.keys.length > 0);
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Dialog title={frame.shortcuts} isOpen={isOpen} onOpenChange={onOpenChange} isWide>
      <div tabIndex={0} role="group" aria-label={frame.shortcuts} className="columns-2 gap-8 pb-3 focus-visible:-outline-offset-2">
        {groups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs font-semibold text-muted">{group}</h3>
            <dl>
              {commands.filter((command) => command.group === group).map((command) => (
                <div key={command.id} className="flex items-center justify-between gap-4 border-b border-line/60 py-1">
                  <dt>{command.label}</dt>
                  <dd className="flex gap-1">{command.keys?.map((keys) => <Kbd key={keys} keys={keys} />)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
