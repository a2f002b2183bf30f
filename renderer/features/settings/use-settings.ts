/** The user's settings in the page: read once, changed in place at once, put back when the engine refuses. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { studioSettingsSchema } from '#core/contract/settings.ts';
import { engine } from '../../api/connection.ts';
import { setAppearance } from '../../app/preferences.ts';
import { setLanguage } from '../../strings/index.ts';
import { toast } from '../../ui/toast.ts';

/** All settings. */
export type StudioSettings = z.infer<typeof studioSettingsSchema>;

const KEY = ['settings'];

/** As the engine has them. */
export function useSettings() {
  return useQuery({ queryKey: KEY, queryFn: () => engine.settings.get() });
}

/** Keeps a change. What can be seen is applied before the engine has answered. `isQuiet`: it may well be refused, so nothing is shown before it is kept, and who asks says what went wrong. */
export function useChangeSettings({ isQuiet = false } = {}) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<StudioSettings>) => engine.settings.set(change),
    onMutate(change) {
      if (isQuiet) return undefined;
      const before = queries.getQueryData<StudioSettings>(KEY);
      if (before) queries.setQueryData(KEY, { ...before, ...change });
      if (change.appearance) setAppearance(change.appearance);
      if (change.language) void setLanguage(change.language);
      return before;
    },
    onSuccess: (after) => queries.setQueryData(KEY, after),
    onError(error, _change, before) {
      if (before) {
        queries.setQueryData(KEY, before);
        setAppearance(before.appearance);
        void setLanguage(before.language);
      }
      if (!isQuiet) toast.error(error);
    },
  });
}
