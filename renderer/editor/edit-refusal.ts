/** Why an edit cannot be made; each has a sentence in the catalogue (`timeline.refusals`). */
export const REFUSAL_REASONS = [
  'locked', 'lastScene', 'tooManyScenes', 'tooManyCaptions', 'tooManyMarkers', 'tooManyKeyframes', 'filmTooLong', 'filmTooShort',
  'splitTooNear', 'nothingThere', 'notAClip',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** An edit that the document does not allow. Nothing was changed; whoever asked tells the user why. */
export class EditRefusal extends Error {
  override readonly name = 'EditRefusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason) {
    super(`The edit was refused: ${reason}.`);
    this.reason = reason;
  }
}
