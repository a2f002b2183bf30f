/** What a page plays and when, told by its own sound: for tests of sound against picture. */
import type { Page } from 'playwright';

interface Listening {
  /** Sounds that were started: at this second of the sound card's clock, from this second of the film, peaks of what they hold. */
  starts: { at: number; from: number; rate: number; onsets: number[] }[];
  /** Frames as they were drawn, with the second that is heard at that moment and how loud it is. */
  frames: { frame: number; heardAt: number; peak: number }[];
}

declare global {
  interface Window {
    listening?: Listening;
  }
}

/** Listens to everything that the page plays from now on. To be called before it has played anything. */
export async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const listening: Listening = { starts: [], frames: [] };
    window.listening = listening;
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
    let clock: AudioContext | undefined;
    let analyser: AnalyserNode | undefined;
    AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode): AudioNode {
      if (to instanceof AudioDestinationNode && this.context instanceof AudioContext) {
        clock = this.context;
        analyser = clock.createAnalyser();
        connect.call(this, analyser);
      }
      return connect.call(this, to);
    } as typeof AudioNode.prototype.connect;
    const onsetsOf = (buffer: AudioBuffer | null): number[] => {
      const samples = buffer?.getChannelData(0) ?? new Float32Array();
      const rate = buffer?.sampleRate ?? 1;
      const onsets: number[] = [];
      let last = -1;
      samples.forEach((sample, index) => {
        if (Math.abs(sample) < 0.05) return;
        if (index / rate - last > 0.3) onsets.push(index / rate);
        last = index / rate;
      });
      return onsets;
    };
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0, duration?: number): void {
      // Bits of sound while the playhead is dragged have a length; playing has none.
      if (duration === undefined) listening.starts.push({ at: when, from: offset, rate: this.playbackRate.value, onsets: onsetsOf(this.buffer) });
      if (duration === undefined) start.call(this, when, offset);
      else start.call(this, when, offset, duration);
    };
    const samples = new Float32Array(2048);
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        if (!clock || !analyser || !(target instanceof HTMLCanvasElement) || target.dataset['frame'] === undefined) continue;
        analyser.getFloatTimeDomainData(samples);
        listening.frames.push({ frame: Number(target.dataset['frame']), heardAt: clock.currentTime - (clock.outputLatency || 0), peak: samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) });
      }
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-frame'] });
  });
}

/** What was heard and drawn since the last time. */
export async function heard(page: Page): Promise<Listening> {
  return await page.evaluate(() => {
    const { starts = [], frames = [] } = window.listening ?? {};
    return { starts: starts.splice(0), frames: frames.splice(0) };
  });
}

/** How late each frame was drawn behind its sound, in frames; negative = early. */
export function lateness({ starts, frames }: Listening, fps: number): number[] {
  return frames.flatMap(({ frame, heardAt }) => {
    const playing = starts.findLast(({ at }) => at <= heardAt);
    return playing ? [(playing.from + (heardAt - playing.at) * playing.rate) * fps - frame] : [];
  });
}
