/** What is wrong, by the name that the engine gives it (`nameOfError`). In English the engine's own sentence says more and is shown in its place, see `say.ts`. */
const named = {
  // Of every part; `core/contract/errors.ts`.
  BAD_INPUT: 'That cannot be done with what was given.', NOT_FOUND: 'It is not there any more.', DISK_FULL: 'The disk is full. Make room, then try again.', READ_ONLY: 'This place may not be written to. Choose another folder.',
  MISSING_TOOL: 'A program that is needed is missing.', TOOL_FAILED: 'A program that was asked for help has failed.', PROVIDER_UNAVAILABLE: 'What should make this cannot be reached.', PROVIDER_REJECTED: 'What should make this refused to.',
  DATABASE_BROKEN: 'The studio’s database is damaged.', DATABASE_NEWER: 'The data were written by a newer version of the studio.', CONFLICT: 'That is not possible at the moment.', CANCELED: 'It was canceled.',
  INTERNAL: 'Something has gone wrong inside the studio.', FAILED: 'That did not work.',
  // Of ComfyUI and its jobs.
  ENGINE_UNREACHABLE: 'ComfyUI cannot be reached.', ENGINE_STUCK: 'ComfyUI hangs. Restart it.', ENGINE_FOREIGN: 'Another program answers in the place of ComfyUI.', ENGINE_OLD: 'This ComfyUI is too old. Update it.', NOT_COMFYUI: 'What answers there is not ComfyUI. Check the address.',
  BAD_ANSWER: 'ComfyUI’s answer could not be read.', NODE_MISSING: 'ComfyUI lacks nodes that are needed.', MODEL_MISSING: 'Models are missing. Fetch them in the settings.', JOB_INVALID: 'No workflow can do this here.', JOB_OOM: 'The graphics memory does not suffice.',
  JOB_FAILED: 'ComfyUI could not do it. Its log says more.', JOB_LOST: 'ComfyUI has lost the job.', JOB_HELD: 'The job has brought ComfyUI down twice and is held back.', JOB_STOPPED: 'The job was stopped in ComfyUI.', JOB_EMPTY: 'The workflow gave no result.',
  RESULT_GONE: 'ComfyUI’s result is gone.', RESULT_BROKEN: 'ComfyUI’s result is damaged.', RESULT_TOO_LARGE: 'ComfyUI’s result is too large.',
  // Of its process.
  BOOT_SILENT: 'ComfyUI stopped in the middle of its start.', BOOT_SLOW: 'ComfyUI did not become ready in time.', BOOT_EXIT: 'ComfyUI ended by itself.', PORT_DENIED: 'The system does not let ComfyUI open a port.', ENV_BROKEN: 'ComfyUI is damaged. Repair it.', ENV_LOCKED: 'A file of ComfyUI is held by another program.',
  GPU_DRIVER: 'ComfyUI finds no graphics card that it can use. Update the driver.', ENGINE_LOST: 'ComfyUI has crashed.', ENGINE_LOOP: 'ComfyUI was started again several times and ended each time.', ENGINE_SILENT: 'ComfyUI does not answer at the moment; it may be loading a model.', ENGINE_UNHEARD: 'ComfyUI works; its messages do not come through, so it is asked instead.', ENGINE_IN_USE: 'ComfyUI is in use by another window or terminal.', JOB_RAM: 'ComfyUI was ended while it loaded: the main memory most likely did not suffice.',
  // Of installing, adopting and fetching.
  ENGINE_RUNS: 'ComfyUI is running. Stop it first.', ENGINE_UNKNOWN: 'There is no such installation of ComfyUI.', SOURCE_BROKEN: 'ComfyUI’s source arrived damaged.', BUNDLE_BROKEN: 'The bundle is damaged.', BUNDLE_FOREIGN: 'The bundle is for another kind of machine.', NOT_BUNDLED: 'The bundle does not hold what is needed.',
  PYTHON_MISSING: 'No Python was found for this ComfyUI.', DISK_READ_ONLY: 'That folder may not be written to.', DISK_PATH: 'This folder is not suited. Choose another.', IN_USE: 'Something else is being done with it. Wait until it has finished.', NET_OFFLINE: 'There is no network connection. It goes on where it stopped.', NET_PROXY: 'The proxy refuses. Correct its settings.',
  NET_TLS: 'The connection is not trustworthy.', NET_DENIED: 'The publisher asks for a login or a licence to be accepted.', NET_GONE: 'The file is not there any more.', NET_BUSY: 'The server is busy. Try again later; it goes on where it stopped.', NET_CUT: 'The connection was cut. It goes on where it stopped.', NET_STALL: 'Nothing came any more. It goes on where it stopped.',
  NET_REDIRECT: 'The server leads elsewhere.', NET_PORTAL: 'This network asks for a login first.', NET_HASH: 'The file arrived damaged; nothing of it was kept.', MODEL_BROKEN: 'The model’s file is damaged.', MODEL_CONSENT: 'The licence has to be accepted first.', MODEL_BY_HAND: 'This model comes from its publisher by hand.', MODEL_UNKNOWN: 'There is no such model.',
  // Of a forecast.
  COMFYUI_NONE: 'No ComfyUI is set up.', COMFYUI_OFFLINE: 'ComfyUI is on another machine and is not asked offline.', COMFYUI_RESTS: 'ComfyUI is not running; what it can make is seen when it is started.', COMFYUI_STARTS: 'ComfyUI is started when the advert begins.', MEMORY_TIGHT: 'Graphics memory is short, so it will be slower.', PLAN_OFFLINE: 'Offline: the planning service is not asked.',
};

/** Words of the feature `problems`. */
export const problems = {
  named: named as Readonly<Record<string, string>>,
  noAnswer: 'The engine does not answer.',
};
