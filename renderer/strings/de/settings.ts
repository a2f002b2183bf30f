import type { Strings } from '../index.ts';

const number = (value: number): string => value.toLocaleString('de');

/** Words of the feature `settings`. */
export const settings: Strings['settings'] = {
  title: 'Einstellungen', sections: 'Einstellungen nach Thema',
  tab: { general: 'Allgemein', sidecar: 'ComfyUI', models: 'Modelle', workflows: 'Workflows', cloud: 'Schlüssel & Cloud', brands: 'Marken', storage: 'Speicher', diagnostics: 'Diagnose' },
  groupStudio: 'Studio', groupEngine: 'Erzeugung', groupData: 'Daten',
  saved: 'Gespeichert.',
  appearance: 'Aussehen', appearanceHint: 'Bilder beurteilt man am besten auf dunklem Grund.', system: 'System', dark: 'Dunkel', light: 'Hell',
  language: 'Sprache', languageHint: 'Einzelheiten zu Fehlern bleiben auf Englisch.', english: 'English', german: 'Deutsch',
  notifies: 'Melden, wenn ein langer Lauf zu Ende ist', notifiesHint: 'Nur solange das Fenster nicht vorne ist.', notifiesBrowser: 'Eine Seite im Browser kann das nicht, das Programmfenster schon.',
  files: 'Dateien', exportFolder: 'Ordner für Exporte', exportFolderHint: 'Hierhin kommen fertige Dateien, nie über eine andere. Leer: der Filmordner des Systems.', exportFolderPlaceholder: 'Filmordner des Systems', choose: 'Wählen …', ffmpeg: 'ffmpeg', ffmpegHint: 'Ein eigenes ffmpeg, wenn Sie ein anderes wollen als das gefundene. Es wird ausprobiert, bevor es benutzt wird.', ffmpegPlaceholder: 'selbst gefunden',
  offline: 'Offline', offlineSwitch: 'Offline arbeiten', offlineHint: 'Nichts von diesem Programm verlässt diesen Rechner: kein Planungsserver, keine Cloud, kein Herunterladen, kein ComfyUI auf einem anderen Rechner. Was auf diesem Rechner läuft, arbeitet weiter.', offlineOn: 'Offline: Cloud-Dienste und Downloads sind abgeschaltet.',
  keys: 'Schlüssel', keysKeychain: 'Schlüssel liegen im Schlüsselbund des Systems. Sie lassen sich ersetzen und entfernen, nicht lesen.', keysSession: 'Dieses Fenster hat keinen Schlüsselbund: Schlüssel bleiben nur für diese Sitzung im Speicher und sind danach vergessen.', keysEnvironment: 'Schlüssel kommen aus der Umgebung des Programms.',
  keyName: { openai: 'OpenAI', replicate: 'Replicate', huggingface: 'Hugging Face' },
  keyUse: { openai: 'Plant Spots mit einem Sprachmodell.', replicate: 'Macht Hintergründe und Musik in der Cloud, wenn kein ComfyUI es kann. Jedes Stück kostet Geld.', huggingface: 'Für Modelle, die eine Anmeldung verlangen.' },
  keyOrigin: { none: 'Nicht gesetzt', keychain: 'Im Schlüsselbund', session: 'Für diese Sitzung', environment: 'Aus der Umgebung' },
  keyNew: (name) => `Neuer Schlüssel für ${name}`, keyPlaceholder: 'Schlüssel einfügen', keySave: 'Schlüssel speichern', keyRemove: (name) => `Schlüssel für ${name} entfernen`, keySaved: (name) => `Der Schlüssel für ${name} ist gesetzt und gilt ab jetzt.`, keyRemoved: (name) => `Der Schlüssel für ${name} ist entfernt.`,
  keyRemoveTitle: 'Diesen Schlüssel entfernen?', keyRemoveText: 'Der Dienst wird nicht mehr gefragt, bis wieder ein Schlüssel da ist.',
  plan: 'Planungsserver', planIntro: 'Jeder OpenAI-kompatible Server: OpenAI selbst oder ein Sprachmodell auf diesem Rechner. Ohne ihn schreibt der eingebaute Planer den Spot.',
  planUrlPlaceholder: 'https://api.openai.com/v1', planModelPlaceholder: 'gpt-4o-mini', planUrl: 'Adresse', planUrlHint: 'Das Briefing und der OpenAI-Schlüssel gehen dorthin. Leer: OpenAI, wenn ein Schlüssel da ist.', planModel: 'Modell', planModelHint: 'Leer: gpt-4o-mini.', planTest: 'Prüfen', planTesting: 'Fragt an …',
  brandsHint: 'Farben, Schriften und ein Logo, wiederverwendet in jedem Spot der Marke.',
  storage: 'Speicher', kind: { artifacts: 'Bilder, Filme, Töne', models: 'Modelle', engine: 'ComfyUI', database: 'Projekte und Verlauf', temp: 'Zwischenspeicher', free: 'Frei' },
  usedOf: (used, free) => `${used} belegt, ${free} frei`, used: (used) => `${used} belegt`, openFolder: 'Ordner zeigen',
  retention: 'Was Läufe gemacht haben, behalten für', days: (days) => `${number(days)} ${days === 1 ? 'Tag' : 'Tage'}`, retentionHint: 'Projekte, Marken, Exporte und alles, was sich noch rückgängig machen lässt, bleiben immer. Was fehlt, wird bei Bedarf neu gemacht.',
  cleanTitle: 'Aufräumen', cleanLook: 'Zeigen, was gehen kann', cleanNothing: 'Es gibt nichts aufzuräumen.', cleanFound: (files, size) => `${number(files)} ${files === 1 ? 'Datei' : 'Dateien'}, ${size}, braucht nichts mehr.`, cleanDo: (size) => `${size} entfernen`, cleanDone: (files, size) => `${number(files)} ${files === 1 ? 'Datei wurde' : 'Dateien wurden'} entfernt, ${size}.`,
  cleanConfirm: 'Entfernen, was nichts mehr braucht?', cleanConfirmText: 'Fertige exportierte Dateien bleiben, wo sie sind.',
  diagnostics: 'Diagnose', diagnosticsText: 'Eine Textdatei, die beim Helfen hilft: Versionen, Rechner, Befunde, wie Läufe endeten, und das Ende des ComfyUI-Protokolls. Keine Schlüssel, keine Bilder, keine Briefings. Lesen Sie sie, bevor Sie sie senden; von hier wird nichts gesendet.', diagnosticsMake: 'Datei erstellen', diagnosticsAgain: 'Neu erstellen', diagnosticsSave: 'Speichern', diagnosticsCopied: 'Kopiert.', diagnosticsLabel: 'Diagnose als Text',
};
