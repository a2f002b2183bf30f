import { formatSeconds } from '#core/placements/preflight/figures.ts';
import type { Finding } from '#core/placements/preflight/finding.ts';
import type { Strings } from '../../strings/index.ts';

/** What the button of a fix says; a fix that this catalogue does not know says what the engine calls it. */
export function fixLabel({ kind, label, data }: NonNullable<Finding['fix']>, { fix }: Strings['exporting']): string {
  switch (kind) {
    case 'trimTo':
    case 'extendTo':
      return fix[kind](formatSeconds(Number(data['seconds'])));
    case 'useRate':
      return fix.useRate(String(data['rate']));
    case 'useRatio':
      return fix.useRatio(String(data['ratio']));
    case 'useLoudness':
      return fix.useLoudness(String(data['lufs']).replace('-', '−'));
    case 'moveCaption':
    case 'enlargeCaption':
    case 'lengthenCaption':
    case 'autoColour':
      return fix[kind]();
    default:
      return label;
  }
}
