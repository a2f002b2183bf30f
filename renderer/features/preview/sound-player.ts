/**
 * The sound of the preview: the finished mix of the engine in one WebAudio buffer. Forwards it plays at any rate; backwards it is silent.
 * Starting it hands out the stopwatch that the picture follows.
 */
import { startSoundStopwatch, startStopwatch } from './stopwatch.ts';
import type { Stopwatch } from './stopwatch.ts';

/** Sound begins this much later than it is asked for, so that nothing of its start is lost. */
const LEAD_SECONDS = 0.01;
/** Length of the bit of sound that is heard while the playhead is dragged, in frames. */
const SCRUB_FRAMES = 2;

let context: AudioContext | undefined;
let output: GainNode | undefined;
let mix: AudioBuffer | undefined;
let source: AudioBufferSourceNode | undefined;
let loudness = 1;

const pageNow = (): number => performance.now() / 1000;

/** Takes the mix that plays from the next start on; undefined = silence. */
export function setMix(buffer: AudioBuffer | undefined): void {
  mix = buffer;
}

/** Reads a sound file of the engine into a buffer. */
export async function decodeSound(bytes: ArrayBuffer): Promise<AudioBuffer> {
  return await openContext().decodeAudioData(bytes);
}

/** Loudness, 0..1. */
export function setVolume(volume: number): void {
  loudness = volume;
  if (output) output.gain.value = volume;
}

/**
 * Begins the sound at a moment of the film. Without a sound that can be heard, the stopwatch is the page's.
 * @param onAudible called when sound, refused now, can be started after all
 */
export function startSound(fromSeconds: number, rate: number, onAudible: () => void): Stopwatch {
  stopSound();
  if (!mix || rate <= 0 || fromSeconds >= mix.duration) return startStopwatch(pageNow);
  const live = openContext();
  if (live.state !== 'running') {
    live.resume().then(onAudible, () => undefined); // refused until somebody has clicked into the page: the picture plays without sound till then
    return startStopwatch(pageNow);
  }
  const at = live.currentTime + LEAD_SECONDS;
  source = new AudioBufferSourceNode(live, { buffer: mix, playbackRate: rate });
  if (output) source.connect(output);
  source.start(at, fromSeconds);
  return startSoundStopwatch(() => live.currentTime - (live.outputLatency || 0), at, pageNow);
}

/** Falls silent. */
export function stopSound(): void {
  source?.stop();
  source?.disconnect();
  source = undefined;
}

/** A short bit of sound from a moment of the film, as the playhead passes it. */
export function scrubSound(fromSeconds: number, frameSeconds: number): void {
  if (!mix || context?.state !== 'running' || !output || fromSeconds >= mix.duration) return;
  stopSound();
  source = new AudioBufferSourceNode(context, { buffer: mix });
  source.connect(output);
  source.start(0, fromSeconds, SCRUB_FRAMES * frameSeconds);
}

function openContext(): AudioContext {
  if (!context) {
    context = new AudioContext({ latencyHint: 'interactive' });
    output = new GainNode(context, { gain: loudness });
    output.connect(context.destination);
  }
  return context;
}
