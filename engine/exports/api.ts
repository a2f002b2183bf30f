/** The `exports` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';

/** The `exports` procedures of the contract. */
export function exportsApi(_tools: ApiTools) {
  return {
    check: os.exports.check.handler(() => notYet('exports.check')),
    start: os.exports.start.handler(() => notYet('exports.start')),
    list: os.exports.list.handler(() => notYet('exports.list')),
    watch: os.exports.watch.handler(() => notYet('exports.watch')),
    cancel: os.exports.cancel.handler(() => notYet('exports.cancel')),
    retry: os.exports.retry.handler(() => notYet('exports.retry')),
    forget: os.exports.forget.handler(() => notYet('exports.forget')),
    encoders: os.exports.encoders.handler(() => notYet('exports.encoders')),
    convert: os.exports.convert.handler(() => notYet('exports.convert')),
    delivery: os.exports.delivery.handler(() => notYet('exports.delivery')),
    report: os.exports.report.handler(() => notYet('exports.report')),
  };
}
