import type { Strings } from '../index.ts';

const number = (value: number): string => value.toLocaleString('de');

/** Words of the feature `sidecar`. */
export const sidecar: Strings['sidecar'] = {
  name: 'ComfyUI', pill: (state) => `ComfyUI: ${state}`,
  state: { absent: 'nicht eingerichtet', stopped: 'angehalten', installing: 'wird installiert', starting: 'startet', running: 'bereit', busy: 'arbeitet', stopping: 'hält an', failed: 'braucht Hilfe', external: 'verbunden' },
  intro: 'ComfyUI macht Hintergründe und Musik auf der Grafikkarte dieses Rechners. Es ist ein eigenes Programm (GPL-3.0), das das Studio installiert, startet und anhält. Ohne es entsteht alles mit dem, was eingebaut ist.',
  origin: { none: '', managed: 'Vom Studio installiert', adopted: 'Ihr eigener Ordner', external: 'Ihr eigener Server', shared: 'Läuft in einem anderen Fenster oder Terminal' },
  version: 'Version', device: 'Gerät', memory: 'Grafikspeicher', memoryUsed: (used, total) => `${used} von ${total} belegt`, address: 'Adresse', folder: 'Ordner', size: 'Auf der Platte', unknown: 'nicht bekannt',
  start: 'Starten', stop: 'Anhalten', install: 'Installieren …', adopt: 'Eigenes verwenden …', repair: 'Reparieren', goBack: 'Zurück zum vorigen', uninstall: 'Deinstallieren', stopUsing: 'Nicht mehr verwenden', problems: 'Zu beheben', manage: 'Mehr zu ComfyUI', resume: 'Weiter installieren …',
  installTitle: 'ComfyUI installieren', planLooking: 'Sieht sich den Rechner an …', planDownload: 'Download', planDisk: 'Auf der Platte', planFree: 'Dort frei', planVariant: 'Gebaut für', planVersion: 'Version', planFolder: 'Ordner', planNotes: 'Gut zu wissen',
  variant: { cpu: 'den Prozessor', cu126: 'NVIDIA (CUDA 12.6)', cu130: 'NVIDIA (CUDA 13.0)', rocm: 'AMD (ROCm)', xpu: 'Intel (XPU)', mps: 'Apple (Metal)' },
  installGo: 'Installieren', installText: 'Es geht weiter, wenn diese Seite geschlossen wird, und nach einem Abbruch dort, wo es aufhörte. Modelle wählt man danach.',
  adoptTitle: 'Eigenes ComfyUI verwenden', adoptText: 'In Ihrem Ordner wird nie etwas geschrieben, und ein laufender Server wird nie gestartet oder angehalten.', adoptFolder: 'Ein Ordner', adoptUrl: 'Ein laufender Server', adoptFolderLabel: 'Ordner von ComfyUI', adoptFolderPlaceholder: '/home/ich/ComfyUI', adoptUrlPlaceholder: 'http://127.0.0.1:8188', adoptUrlLabel: 'Adresse', adoptGo: 'Verwenden', adoptKind: 'Was Sie haben',
  repairTitle: 'ComfyUI reparieren?', repairText: 'Jede Datei wird mit dem verglichen, was installiert wurde, und Beschädigtes neu geholt. Modelle und Medien bleiben. Solange ist es angehalten.',
  uninstallTitle: 'ComfyUI deinstallieren?', uninstallText: 'Genau die Dateien, die installiert wurden, werden entfernt. Modelle und Medien bleiben.',
  forgetTitle: 'Dieses ComfyUI nicht mehr verwenden?', forgetText: 'Nichts davon wird geändert oder entfernt. Sie können es jederzeit wieder verwenden.',
  goBackTitle: 'Zurück zum vorigen ComfyUI?', goBackText: 'Das jetzige bleibt daneben stehen.',
  task: { install: 'ComfyUI wird installiert', repair: 'ComfyUI wird repariert', uninstall: 'ComfyUI wird entfernt', adopt: 'Ihr ComfyUI wird angesehen', pull: 'Modelle werden geholt', goBack: 'Es wird umgeschaltet' },
  taskEnd: { succeeded: 'Fertig', failed: 'Fehlgeschlagen', canceled: 'Abgebrochen', running: '' },
  canceledText: 'Was da ist, bleibt; es geht weiter, wo es aufhörte.',
  stage: { look: 'der Rechner wird angesehen', space: 'Platz wird geprüft', uv: 'das Paketwerkzeug', python: 'Python', source: 'ComfyUI selbst', packages: 'PyTorch und Pakete', 'self-test': 'wird ausprobiert', lock: 'jede Datei wird notiert', switch: 'wird umgeschaltet' },
  speed: (size) => `${size}/s`, ofBytes: (done, total) => `${done} von ${total}`, remaining: (text) => `noch etwa ${text}`,
  minutes: (minutes) => `${number(minutes)} min`, secondsLeft: (seconds) => `${number(seconds)} s`, hours: (hours, minutes) => `${number(hours)} h ${minutes} min`,
  log: 'Protokoll', logEmpty: 'Das Protokoll beginnt mit dem ersten Start.', follow: 'Mitlaufen', copyLog: 'Kopieren', copied: 'Kopiert.', logLabel: 'Die neuesten Zeilen von ComfyUI',
  modelsIntro: 'Gewichte sind groß und werden nur geholt, wenn Sie es sagen. Jedes wird mit der Prüfsumme seines Herausgebers verglichen.',
  ownModels: 'Ein eigener Server hat eigene Modelle; was hier steht, ist für ein ComfyUI, das das Studio startet.', otherUse: 'Andere', column: { model: 'Modell', size: 'Größe', license: 'Lizenz', commercial: 'Verkäufliche Spots', gpu: 'GPU ab', state: 'Hier' },
  commercial: { yes: 'Erlaubt', ask: 'Bedingungen', no: 'Nicht erlaubt' }, gpu: (gb) => (gb === 0 ? 'jede' : `${gb} GB`),
  present: 'Da', missing: 'Nicht da', partial: (percent) => `${percent} da`, damaged: 'Beschädigt', byHand: 'Vom Herausgeber', sizeUnknown: 'nicht bekannt', publisher: (name) => `Seite von ${name}`,
  select: (name) => `${name} holen`, chosen: (count, size) => `${number(count)} ${count === 1 ? 'Modell' : 'Modelle'} gewählt, ${size} zu holen`, choosePull: 'Holen', clear: 'Leeren', hereSum: (count, total, size) => `${number(count)} von ${number(total)} Modellen sind da, ${size}.`, filter: 'Modell suchen', show: 'Zeigen', showAll: 'Alle', noModels: 'Kein Modell gefunden.',
  pullTitle: (count) => `${number(count)} ${count === 1 ? 'Modell' : 'Modelle'} holen`, pullText: (size) => `${size} werden heruntergeladen. Es geht weiter, wenn diese Seite geschlossen wird.`, pullLicenses: 'Beschränkte Lizenzen', accept: 'Ich habe diese Bedingungen gelesen und nehme sie an.', pullGo: 'Holen', tokenHint: 'Modelle mit Anmeldung brauchen einen Schlüssel von Hugging Face, siehe „Schlüssel & Cloud“.',
  workflowsIntro: 'Worum ComfyUI gebeten werden kann. Jeder wird am Server geprüft, bevor er benutzt wird; eigene kommen in den Ordner „workflows“ neben Ihren Daten, je ein Ordner.',
  capability: { 'backdrop-clip': 'Bewegte Hintergründe', 'backdrop-still': 'Stehende Hintergründe', music: 'Musik', cutout: 'Freistellen', upscale: 'Vergrößern', interpolate: 'Zwischenbilder', unreadable: 'Nicht lesbar' },
  ready: 'Bereit', notReady: 'Fehlt', ownWorkflow: 'Ihrer', needs: (names) => `Braucht ${names}`, getModels: (size) => `Modelle dazu holen, ${size}`, needsEngine: 'Braucht ComfyUI', noLicense: 'keine Modelle',
  goSidecar: 'ComfyUI einrichten',
};
