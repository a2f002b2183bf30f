/** What can go wrong with engines, by a stable name, on top of `failures.ts`. */
import { nameFailures } from '#sidecar/named-failures.ts';

export const { toError: storeError } = nameFailures({
  ENGINE_RUNS: { code: 'CONFLICT', isTransient: false, action: 'Stop the engine first.' },
  ENGINE_UNKNOWN: { code: 'NOT_FOUND', isTransient: false, action: 'Choose one of the installed engines.' },
  ENV_BROKEN: { code: 'PROVIDER_UNAVAILABLE', isTransient: false, action: 'Repair the engine; your media are kept.' },
  ENV_LOCKED: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Close the program that uses it and try again.' },
  ENGINE_OLD: { code: 'BAD_INPUT', isTransient: false, action: 'Update that ComfyUI, or install an engine with this program.' },
  NOT_COMFYUI: { code: 'BAD_INPUT', isTransient: false, action: 'Choose the folder that holds its main.py.' },
  PYTHON_MISSING: { code: 'BAD_INPUT', isTransient: false, action: 'Name its Python as well, or install an engine with this program.' },
  SOURCE_BROKEN: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Start it again: it is fetched anew.' },
  BUNDLE_BROKEN: { code: 'BAD_INPUT', isTransient: false, action: 'Copy or make the bundle again.' },
  BUNDLE_FOREIGN: { code: 'BAD_INPUT', isTransient: false, action: 'Make a bundle on a machine like this one.' },
  NOT_BUNDLED: { code: 'BAD_INPUT', isTransient: false, action: 'Correct that, then make the bundle again.' },
});
