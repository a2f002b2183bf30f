/** What can go wrong while engines and models are fetched and kept, by a stable name. */
import { nameFailures } from '#sidecar/named-failures.ts';

export const { toError: provisionError, reasonOf: provisionReasonOf } = nameFailures({
  DISK_FULL: { code: 'DISK_FULL', isTransient: false, action: 'Make room or choose another folder, then start it again: what is finished is kept.' },
  DISK_READ_ONLY: { code: 'READ_ONLY', isTransient: false, action: 'Choose a folder that you may write to, or change its permissions.' },
  DISK_PATH: { code: 'BAD_INPUT', isTransient: false, action: 'Choose another folder.' },
  IN_USE: { code: 'CONFLICT', isTransient: true, action: 'Wait until it has finished, then start it again.' },
  NET_OFFLINE: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Check the network connection, then start it again: it goes on where it stopped.' },
  NET_PROXY: { code: 'PROVIDER_UNAVAILABLE', isTransient: false, action: 'Correct HTTPS_PROXY (with user name and password if it asks for a login), then start it again.' },
  NET_TLS: { code: 'PROVIDER_UNAVAILABLE', isTransient: false, action: 'Check the date of this machine and what filters its network, then start it again.' },
  NET_DENIED: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Open its page in a browser, accept the licence or log in, then start it again with your token.' },
  NET_GONE: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Update this program, or get the file from its publisher.' },
  NET_BUSY: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Start it again later: it goes on where it stopped.' },
  NET_CUT: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Start it again: it goes on where it stopped.' },
  NET_STALL: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Start it again: it goes on where it stopped.' },
  NET_REDIRECT: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Update this program, or get the file from its publisher.' },
  NET_PORTAL: { code: 'PROVIDER_UNAVAILABLE', isTransient: false, action: 'Open a browser and log in to the network, then start it again.' },
  NET_HASH: { code: 'PROVIDER_UNAVAILABLE', isTransient: false, action: 'Start it again later or from another network; nothing of the damaged file was kept.' },
  MODEL_BROKEN: { code: 'BAD_INPUT', isTransient: false, action: 'Get the file again.' },
  MODEL_CONSENT: { code: 'BAD_INPUT', isTransient: false, action: 'Read the licence and accept it if you agree.' },
  MODEL_BY_HAND: { code: 'PROVIDER_UNAVAILABLE', isTransient: false, action: 'Get the file from its publisher, then import it.' },
  MODEL_UNKNOWN: { code: 'NOT_FOUND', isTransient: false, action: 'See the list of models for what there is.' },
});

export type ProvisionReason = Parameters<typeof provisionError>[0];
