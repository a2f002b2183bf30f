/** Names of the messages between preload script and main process. */

/** From the page. */
export const FROM_PAGE = { ready: 'page-ready', dragOut: 'drag-out', busy: 'busy', notify: 'notify', describe: 'describe' } as const;

/** To the page. */
export const TO_PAGE = { port: 'engine-port', lost: 'engine-lost', command: 'command', notice: 'notice' } as const;
