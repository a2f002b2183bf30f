/**
 * What an edit is called in the history ("Undo trim scene"), and words about the document's state. A label is written in lower case as the
 * end of that sentence. Feature by feature; a label that is in the journal of a project must not be renamed.
 */
export const edits = {
  // How the history is told
  group: 'Edit', undo: (label: string) => `Undo: ${label}`, redo: (label: string) => `Redo: ${label}`, change: 'change',
  opening: 'Opening the project …', projectName: 'Name of the project',
  save: { saved: 'Saved', saving: 'Saving', waiting: 'Not sent yet', conflict: 'Some edits lost' },
  explained: { saved: 'Everything is kept.', saving: 'Your edits are being written down.', waiting: 'Your edits are kept here and are sent as soon as the engine answers.', conflict: 'The project was changed elsewhere; edits that did not fit were left out. Click when you have read this.' },
  lost: (count: number) => `The project was changed elsewhere, and ${count === 1 ? 'one of your edits did' : `${count} of your edits did`} not fit any more. The newest state is shown; make the edit again if you still want it.`,
  recovered: (count: number) => (count === 1 ? 'One edit of an earlier session was put back.' : `${count} edits of an earlier session were put back.`),
  invalid: (place: string) => `This change would make a project that cannot be opened (${place}). Nothing was changed.`,

  // Project and timeline
  rename: 'rename project', import: 'edit from a file', trimScene: 'trim scene', splitScene: 'split scene', slipScene: 'slip backdrop', moveScene: 'move scene', duplicateScene: 'duplicate scene', deleteScene: 'delete scene', addScene: 'add scene',
  deleteClips: 'delete', pasteClips: 'paste', cutClips: 'cut', duplicateClips: 'duplicate',
  moveCaption: 'move caption', trimCaption: 'trim caption', splitCaption: 'split caption', addCaption: 'add caption', deleteCaption: 'delete caption',
  transition: 'transition', music: 'music', trimMusic: 'trim music', voice: 'voice', moveVoice: 'move voice', trimVoice: 'trim voice', gain: 'volume', fade: 'fade',
  addMarker: 'add marker', moveMarker: 'move marker', renameMarker: 'rename marker', deleteMarker: 'delete marker',
  addKeyframe: 'add keyframe', moveKeyframe: 'move keyframe', deleteKeyframe: 'delete keyframe', easing: 'easing', trimTo: 'trim to in and out', applyFix: 'fix for export', renameScene: 'rename scene', lockScene: 'lock scene',
  // On the canvas
  moveProduct: 'place product', productGround: 'shadow and reflection', productLayout: 'layout of the product', automaticLayout: 'back to automatic', toAllRatios: 'apply to all ratios', placeCaption: 'place words', captionText: 'words', captionRole: 'role of the words', captionAnimation: 'animation of the words', captionLook: 'look of the words',
  // Storyboard
  newTake: 'new take', chooseTake: 'choose take', deleteTake: 'delete take', scenePurpose: 'purpose of the scene', prompt: 'prompt', sceneSet: 'set', camera: 'camera', look: 'look', palette: 'palette', brief: 'brief', ownBackdrop: 'own backdrop',
};
