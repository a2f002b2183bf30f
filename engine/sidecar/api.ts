/** The sidecar: handed on to the host, which owns it. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';

/** The `sidecar` procedures of the contract. */
export function sidecarApi({ host }: Pick<ApiTools, 'host'>) {
  return {
    status: os.sidecar.status.handler(({ input, signal }) => host.sidecar.status(input, { signal })),
    watch: os.sidecar.watch.handler(({ input, signal }) => host.sidecar.watch(input, { signal })),
    start: os.sidecar.start.handler(({ input, signal }) => host.sidecar.start(input, { signal })),
    stop: os.sidecar.stop.handler(({ input, signal }) => host.sidecar.stop(input, { signal })),
    log: os.sidecar.log.handler(({ input, signal }) => host.sidecar.log(input, { signal })),
    plan: os.sidecar.plan.handler(({ input, signal }) => host.sidecar.plan(input, { signal })),
    install: os.sidecar.install.handler(({ input, signal }) => host.sidecar.install(input, { signal })),
    repair: os.sidecar.repair.handler(({ input, signal }) => host.sidecar.repair(input, { signal })),
    uninstall: os.sidecar.uninstall.handler(({ input, signal }) => host.sidecar.uninstall(input, { signal })),
    adopt: os.sidecar.adopt.handler(({ input, signal }) => host.sidecar.adopt(input, { signal })),
    goBack: os.sidecar.goBack.handler(({ input, signal }) => host.sidecar.goBack(input, { signal })),
    cancel: os.sidecar.cancel.handler(({ input, signal }) => host.sidecar.cancel(input, { signal })),
    models: os.sidecar.models.handler(({ input, signal }) => host.sidecar.models(input, { signal })),
    pull: os.sidecar.pull.handler(({ input, signal }) => host.sidecar.pull(input, { signal })),
    workflows: os.sidecar.workflows.handler(({ input, signal }) => host.sidecar.workflows(input, { signal })),
  };
}
