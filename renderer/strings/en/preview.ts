/** Words of the preview and its canvas. */
export const preview = {
  group: 'Preview', stage: 'Preview', canvas: (ratio: string) => `Picture in ${ratio}`,
  // Looking at it
  ratio: 'Ratio', all: 'All', allRatios: 'All ratios side by side', nextRatio: 'Next ratio',
  resolution: 'Resolution', resolutions: { auto: 'Auto', full: 'Full', half: 'Half', quarter: 'Quarter' },
  zoom: 'Size', zoomFit: 'Fit', zoomIn: 'Larger', zoomOut: 'Smaller',
  overlays: 'Guides', safeZone: 'Safe zone', noZone: 'None', thirds: 'Thirds', grid: 'Grid', snapping: 'Snap to guides', toggleZone: 'Show or hide the safe zone', toggleThirds: 'Show or hide thirds',
  zoneSource: (source: string, checked: string) => `${source}. Read on ${checked}.`,
  fullscreen: 'Full screen', leaveFullscreen: 'Leave full screen',
  // Playing
  play: 'Play', pause: 'Pause', nextFrame: 'One frame on', previousFrame: 'One frame back', toStart: 'To the start', toEnd: 'To the end', loop: 'Loop', clearLoop: 'Loop no more',
  timecode: 'Playhead', duration: 'Length', badTimecode: 'Type a time like 3:12, a frame like 90, or +10.',
  volume: 'Volume', mute: 'Mute', unmute: 'Sound on', soundUpdating: 'The sound is being mixed again.', soundFailed: (reason: string) => `There is no sound: ${reason}`,
  dropped: (count: number) => (count === 1 ? '1 frame left out' : `${count} frames left out`), rate: (rate: number) => `${rate}×`,
  // How it is
  making: 'The preview is being made …', makingText: 'Backdrops, shadows and words are drawn once; after that every change shows at once.', updating: 'Updating', stale: 'Older state',
  staleText: 'The newest state could not be made. What you see is older.', notices: (count: number) => (count === 1 ? '1 note' : `${count} notes`),
  // On the canvas
  product: 'Product', caption: (text: string) => `Words “${text}”`, emptyCaption: 'Empty words', lockedScene: 'The scene is locked',
  boxHelp: 'Arrow keys move, with Shift by ten. Alt with up and down scales, with left and right turns. Escape lets go.',
  scale: 'Scale', rotate: 'Turn', widen: 'Width', selectNext: 'Select the next thing on the canvas', selectNone: 'Select nothing', select: 'Select',
  // The inspector
  inspector: 'On the canvas', nothingSelected: 'Nothing selected', nothingText: 'Click the product or words in the picture, or choose here.', nothingThere: 'There is nothing to select at the playhead.',
  position: 'Place', size: 'Size', height: 'Height', rotation: 'Angle', opacity: 'Opacity', degrees: (value: number) => `${Math.round(value)}°`, percentOfHeight: 'Height in percent of the picture',
  automatic: 'Automatic', byHand: 'By hand', automaticText: (ratio: string) => `The layout places it in ${ratio}.`, byHandText: (ratio: string) => `Placed by hand in ${ratio}.`,
  reset: 'Back to automatic', toAll: 'To all ratios',
  keyframes: 'Keyframes', keyframeAdd: 'Add a keyframe', keyframeRemove: 'Remove the keyframe', keyframePrevious: 'Previous keyframe', keyframeNext: 'Next keyframe',
  keyframeHere: 'Changes this keyframe.', keyframeElsewhere: 'Moves the whole path.', keyframeCount: (count: number) => (count === 1 ? '1 keyframe' : `${count} keyframes`),
  easing: 'On to the next', easings: { linear: 'Evenly', easeIn: 'Slow start', easeOut: 'Slow end', easeInOut: 'Slow start and end', easeOutBack: 'With a swing', hold: 'Hold, then jump' },
  ground: 'Floor', shadow: 'Shadow', reflection: 'Reflection',
  layout: 'Layout', intent: 'Stands', intents: { hero: 'Large', left: 'Left', right: 'Right', close: 'Close up', small: 'Small', absent: 'Not at all' },
  entrance: 'Comes', entrances: { none: 'Is there', rise: 'Rises', slideLeft: 'From the right', slideRight: 'From the left', settle: 'Sets down', fade: 'Fades in' },
  words: 'Words', text: 'Text', charactersLeft: (count: number) => (count === 1 ? '1 character left' : `${count} characters left`),
  role: 'Role', roles: { headline: 'Headline', support: 'Support', callToAction: 'Call to action', brand: 'Brand', legal: 'Legal' },
  animation: 'Comes', animations: { none: 'Is there', fade: 'Fades in', rise: 'Rises', slide: 'Slides in', pop: 'Pops up' },
  look: 'Look', font: 'Font', fonts: { automatic: 'As its role', heading: 'Headings', body: 'Body text' }, color: 'Colour', colorAutomatic: 'Readable on the picture', colorOwn: 'Another colour', colorOf: (hex: string) => `Colour ${hex}`,
  typeSize: 'Type size', align: 'Lines', aligns: { automatic: 'As laid out', left: 'Left', center: 'Centred' }, lookReset: 'Look of its role',
};
