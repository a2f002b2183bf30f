import type { Strings } from '../index.ts';

/** Words of the feature `run`. */
export const run: Strings['run'] = {
  group: 'Lauf', status: 'Stand', progress: 'Fortschritt', stages: 'Abschnitte', scenes: 'Szenen', ratio: 'Seitenverhältnis', films: 'Filme', stills: 'Standbilder', notes: 'Gut zu wissen', history: 'Läufe', fidelity: 'Produkttreue',
  state: { queued: 'Wartet auf den Beginn', running: 'Ihr Spot entsteht', succeeded: 'Ihr Spot ist fertig', failed: 'Dieser Lauf ließ sich nicht beenden', canceled: 'Abgebrochen' },
  stateShort: { queued: 'Wartet', running: 'Läuft', succeeded: 'Fertig', failed: 'Fehlgeschlagen', canceled: 'Abgebrochen' },
  interrupted: 'Dieser Lauf wurde unterbrochen', interruptedShort: 'Unterbrochen', interruptedText: 'Das Programm endete während der Arbeit. Machen Sie dort weiter, wo es aufgehört hat.',
  stage: { PLANNING: 'Planen', EXTRACTING_PRODUCT: 'Produkt freistellen', GENERATING_SCENES: 'Szenen bauen', GENERATING_AUDIO: 'Musik', COMPOSITING: 'Zusammensetzen', RENDERING: 'Rendern' },
  kept: 'behalten',
  estimating: 'Zeit wird geschätzt', engineGone: 'Die Engine wird neu gestartet; Fertiges bleibt erhalten, und der Lauf geht von selbst weiter',
  comfyAway: 'ComfyUI ist ausgefallen und wird neu gestartet. Der Lauf wartet ein wenig und macht ohne es weiter, wenn es ausbleibt.', comfyGone: 'ComfyUI lässt sich nicht starten. Der Lauf macht ohne es weiter.',
  remaining: (seconds) => (seconds < 10 ? 'Noch wenige Sekunden' : seconds < 90 ? `Noch etwa ${seconds} s` : seconds < 5400 ? `Noch etwa ${Math.round(seconds / 60)} min` : `Noch etwa ${(seconds / 3600).toFixed(1).replace('.', ',')} h`),
  elapsed: (clock) => `bisher ${clock} min`, took: (clock) => `In ${clock} min entstanden`, stoppedAfter: (clock) => `Nach ${clock} min angehalten`, cost: (amount) => `Kosten ${amount}`,
  keptSteps: (done, all) => `${done} von ${all} Schritten sind fertig und bleiben erhalten. Ein neuer Versuch macht dort weiter.`,
  cancelRun: 'Lauf abbrechen', cancelTitle: 'Diesen Lauf abbrechen?', cancelText: 'Fertiges bleibt erhalten; Sie können später dort weitermachen.', retry: 'Erneut versuchen', resume: 'Weitermachen', render: 'Jetzt rendern',
  noRuns: 'Es wurde noch nichts gerendert', noRunsText: 'Beim Rendern entstehen die Filme und Standbilder dieses Projekts, so wie es ist.',
  readingPhoto: 'Ihr Foto wird gelesen und das Produkt freigestellt.', planningNext: 'Das Produkt ist genau so freigestellt, wie es auf Ihrem Foto ist. Als Nächstes werden Szenen und Texte geplant.', cutout: 'Das freigestellte Produkt',
  sceneProgress: (number) => `Fortschritt von Szene ${number}`, playScene: (number, name) => `Szene ${number} abspielen, ${name}`,
  sceneState: { waiting: 'Wartet', done: 'Fertig', failed: 'Ließ sich nicht bauen' }, waitsForTurn: 'Wartet, bis sie an der Reihe ist', working: 'In Arbeit',
  work: { backdrop: 'Hintergrund entsteht', captions: 'Texte werden gesetzt', segment: 'Film wird gezeichnet', fidelity: 'Produkt wird geprüft' },
  provider: { embedded: 'eingebaute Studiokulisse', comfyui: 'ComfyUI', 'own media': 'Ihr eigenes Bild', synth: 'eingebauter Synthesizer', openai: 'Planungsdienst', replicate: 'Replicate', original: 'das ganze Foto', onnx: 'das lokale Modell' },
  madeBy: (provider) => `Von: ${provider}`, fallback: (from, reason) => `Nicht von ${from}: ${reason}`, triedAgain: (reason) => `Wird erneut versucht: ${reason}`,
  part: { cutout: 'Freisteller', backdrop: 'Hintergründe', music: 'Musik', plan: 'Drehbuch', segment: 'Film', still: 'Standbilder', fidelity: 'Produktprüfung' },
  builtIn: 'eingebaut', stoodIn: (part, from, to, times) => `${part}${times > 1 ? ` (${times}×)` : ''}: ${to} statt ${from}`,
  film: (ratio) => `Film in ${ratio}`, download: (file) => `${file} herunterladen`,
  fidelityVerdict: { faithful: 'Das Produkt sieht aus wie auf Ihrem Foto', unfaithful: 'Das Produkt weicht stärker von Ihrem Foto ab, als es sollte', unmeasured: 'Das Produkt ist nirgends groß genug zum Messen' },
  fidelityFigures: (deltaE, ssim) => `Farben weichen um ΔE ${deltaE.toFixed(2).replace('.', ',')} ab (${deltaE < 1 ? 'weniger, als ein Auge sieht' : deltaE < 2 ? 'nebeneinander kaum sichtbar' : 'nebeneinander sichtbar'}), die Struktur stimmt zu ${(ssim * 100).toFixed(1).replace('.', ',')} % überein (SSIM ${ssim.toFixed(3).replace('.', ',')}). Gemessen in den fertigen Bildern.`,
};
