import 'react';

/** Custom properties that the timeline places its clips by. */
declare module 'react' {
  interface CSSProperties {
    '--px'?: string;
    /** Start frame and length in frames. */
    '--s'?: number;
    '--d'?: number;
  }
}
