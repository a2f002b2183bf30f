import type { DesktopBridge } from '#core/contract/desktop-bridge.ts';

declare global {
  interface Window {
    /** Electron's shell; missing in a browser. */
    readonly adgen?: DesktopBridge;
  }
}
