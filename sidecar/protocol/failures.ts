/** What can go wrong with an engine or a job, by a stable name. */
import { nameFailures } from '#sidecar/named-failures.ts';

export const { toError: engineError, reasonOf } = nameFailures({
  ENGINE_UNREACHABLE: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Check that the engine is running, then try again.' },
  ENGINE_STUCK: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Restart the engine.' },
  ENGINE_FOREIGN: { code: 'PROVIDER_UNAVAILABLE', isTransient: false, action: 'Stop the other program or choose another address.' },
  ENGINE_OLD: { code: 'PROVIDER_UNAVAILABLE', isTransient: false, action: 'Update ComfyUI.' },
  NOT_COMFYUI: { code: 'BAD_INPUT', isTransient: false, action: 'Check the address.' },
  BAD_ANSWER: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Try again.' },
  NODE_MISSING: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Update ComfyUI or install the missing nodes.' },
  MODEL_MISSING: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Download the missing models.' },
  JOB_INVALID: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Check the workflow.' },
  JOB_OOM: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Use a smaller size or a shorter clip.' },
  JOB_FAILED: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'See the engine\'s log.' },
  JOB_LOST: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Try again, or restart the engine.' },
  JOB_HELD: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Make this scene with another workflow or a smaller size.' },
  JOB_STOPPED: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Start it again if it is still wanted.' },
  JOB_EMPTY: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Check that the workflow saves something.' },
  RESULT_GONE: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Try again.' },
  RESULT_BROKEN: { code: 'PROVIDER_UNAVAILABLE', isTransient: true, action: 'Try again, or check the disk of the engine.' },
  RESULT_TOO_LARGE: { code: 'PROVIDER_REJECTED', isTransient: false, action: 'Use a smaller size or a shorter clip.' },
});

export type FailureReason = Parameters<typeof engineError>[0];
