const number = (value: number): string => value.toLocaleString('en');

/** Words of the feature `settings`. */
export const settings = {
  title: 'Settings', sections: 'Settings by subject',
  tab: { general: 'General', sidecar: 'ComfyUI', models: 'Models', workflows: 'Workflows', cloud: 'Keys & cloud', brands: 'Brand kits', storage: 'Storage', diagnostics: 'Diagnostics' },
  groupStudio: 'Studio', groupEngine: 'Generation', groupData: 'Data',
  saved: 'Saved.',
  appearance: 'Appearance', appearanceHint: 'Pictures are judged best on the dark one.', system: 'System', dark: 'Dark', light: 'Light',
  language: 'Language', languageHint: 'Details of what went wrong stay in English.', english: 'English', german: 'Deutsch',
  notifies: 'Tell me when a long run has ended', notifiesHint: 'Only while the window is not in front.', notifiesBrowser: 'A browser page cannot; the desktop window can.',
  files: 'Files', exportFolder: 'Export folder', exportFolderHint: 'Finished files are put here, never over another file. Empty: the system’s folder for films.', exportFolderPlaceholder: 'the system’s folder for films', choose: 'Choose …', ffmpeg: 'ffmpeg', ffmpegHint: 'Your own ffmpeg, if you want another than the one that was found. It is tried before it is used.', ffmpegPlaceholder: 'found automatically',
  offline: 'Offline', offlineSwitch: 'Work offline', offlineHint: 'Nothing of this program leaves this machine: no planning server, no cloud, no download of engines or models, no ComfyUI on another machine. What runs on this machine goes on working.', offlineOn: 'Offline: cloud services and downloads are switched off.',
  keys: 'Keys', keysKeychain: 'Keys lie in this system’s keychain. They can be replaced or removed, not read.', keysSession: 'This window has no keychain: keys are held in memory for this session only, and forgotten when the program ends.', keysEnvironment: 'Keys come from the environment of this program.',
  keyName: { openai: 'OpenAI', replicate: 'Replicate', huggingface: 'Hugging Face' },
  keyUse: { openai: 'Plans adverts with a language model.', replicate: 'Makes backdrops and music in the cloud when no ComfyUI can. Each one costs money.', huggingface: 'For models that ask for a login.' },
  keyOrigin: { none: 'Not set', keychain: 'In the keychain', session: 'For this session', environment: 'From the environment' },
  keyNew: (name: string) => `New key for ${name}`, keyPlaceholder: 'Paste the key', keySave: 'Save key', keyRemove: (name: string) => `Remove the key for ${name}`, keySaved: (name: string) => `The key for ${name} is set and used from now on.`, keyRemoved: (name: string) => `The key for ${name} is removed.`,
  keyRemoveTitle: 'Remove this key?', keyRemoveText: 'The service is not asked any more until a key is entered again.',
  plan: 'Planning server', planIntro: 'Any OpenAI-compatible server: OpenAI itself, or a language model on this machine. Without one, the built-in planner writes the advert.',
  planUrlPlaceholder: 'https://api.openai.com/v1', planModelPlaceholder: 'gpt-4o-mini', planUrl: 'Address', planUrlHint: 'The brief and the OpenAI key are sent there. Empty: OpenAI, if there is a key.', planModel: 'Model', planModelHint: 'Empty: gpt-4o-mini.', planTest: 'Test', planTesting: 'Asking …',
  brandsHint: 'Colours, fonts and a logo, used again in every advert of that brand.',
  storage: 'Storage', kind: { artifacts: 'Pictures, films, sounds', models: 'Models', engine: 'ComfyUI', database: 'Projects and history', temp: 'Caches and scratch', free: 'Free' },
  usedOf: (used: string, free: string) => `${used} used, ${free} free`, used: (used: string) => `${used} used`, openFolder: 'Show folder',
  retention: 'Keep what runs have made for', days: (days: number) => `${number(days)} ${days === 1 ? 'day' : 'days'}`, retentionHint: 'Projects, brand kits, exports and everything that can still be undone are always kept. What is gone is made again when it is needed.',
  cleanTitle: 'Clean up', cleanLook: 'See what can go', cleanNothing: 'There is nothing to clean up.', cleanFound: (files: number, size: string) => `${number(files)} ${files === 1 ? 'file' : 'files'}, ${size}, are needed by nothing any more.`, cleanDo: (size: string) => `Remove ${size}`, cleanDone: (files: number, size: string) => `${number(files)} ${files === 1 ? 'file was' : 'files were'} removed, ${size}.`,
  cleanConfirm: 'Remove what nothing needs?', cleanConfirmText: 'Finished files that were exported stay where they are.',
  diagnostics: 'Diagnostics', diagnosticsText: 'One text file that helps support: versions, machine, findings, how runs have ended, and the end of the ComfyUI log. No keys, no pictures, no briefs. Read it before you send it; nothing is sent from here.', diagnosticsMake: 'Make the file', diagnosticsAgain: 'Make it anew', diagnosticsSave: 'Save', diagnosticsCopied: 'Copied.', diagnosticsLabel: 'Diagnostics, as text',
};
