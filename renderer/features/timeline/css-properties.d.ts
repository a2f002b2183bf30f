import 'react';

/** Custom properties that the timeline places its clips by. */
declare module 'react' {
  interface CSSProperties {
    '--px'?: string;
    /** Start frame and length in frames. */
    '--s'?: number;
    '--d'?: number;
    /** Frames of a scene that it shares with its neighbours. */
    '--in'?: number;
    '--out'?: number;
  }
}
