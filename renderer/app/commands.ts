/**
 * Everything that a key or the palette can do. A screen registers its commands while it is on; the palette, the shortcut sheet and the native
 * menu read this one list, so a command is described once.
 */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';

/** One command. `keys` as in `mod+shift+z`; several alternatives are allowed. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Heading in the palette and on the sheet. */
  readonly group: string;
  readonly keys?: readonly string[];
  readonly isDisabled?: boolean;
  /** Works while a text field has the focus, too. */
  readonly isGlobal?: boolean;
  run(): void;
}

interface CommandState {
  readonly sources: ReadonlyMap<symbol, readonly Command[]>;
}

const useCommandStore = create<CommandState>(() => ({ sources: new Map() }));

/** All commands of the moment; later registrations win when two have the same id. */
export function useAllCommands(): readonly Command[] {
  const sources = useCommandStore((state) => state.sources);
  return [...new Map([...sources.values()].flat().map((command) => [command.id, command])).values()];
}

/** The commands outside React. */
export function commandsNow(): readonly Command[] {
  return [...new Map([...useCommandStore.getState().sources.values()].flat().map((command) => [command.id, command])).values()];
}

/** Registers commands while the component is there. They may close over fresh values at every render. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = JSON.stringify(commands.map(({ id, label, group, keys, isDisabled, isGlobal }) => [id, label, group, keys, isDisabled, isGlobal]));
  useEffect(() => {
    const source = Symbol('commands');
    const live = latest.current.map((command, index) => ({ ...command, run: () => latest.current[index]?.run() }));
    useCommandStore.setState(({ sources }) => ({ sources: new Map(sources).set(source, live) }));
    return () => useCommandStore.setState(({ sources }) => ({ sources: new Map([...sources].filter(([key]) => key !== source)) }));
  }, [shape]);
}

/** Runs a command by its id; false when it is not there or cannot be run now. */
export function runCommand(id: string): boolean {
  const command = commandsNow().find((candidate) => candidate.id === id);
  if (!command || command.isDisabled === true) return false;
  command.run();
  return true;
}
