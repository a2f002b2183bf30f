/** Words of the timeline. */
export const timeline = {
  refusals: {
    locked: 'This scene is locked. Unlock it in the inspector to edit it.', lastScene: 'An advert needs at least one scene.', tooManyScenes: 'An advert has at most 40 scenes.', tooManyCaptions: 'A scene has at most 12 captions.', tooManyMarkers: 'There are 200 markers already.', tooManyKeyframes: 'There are 200 keyframes already.',
    filmTooLong: 'An advert is at most ten minutes long.', filmTooShort: 'An advert is at least one second long.', sceneTooShort: 'A scene is at least 6 frames long.', sceneTooLong: 'A scene is at most two minutes long.', splitTooNear: 'Both parts need at least 6 frames. Move the playhead farther from the edge.', noRoomForCaption: 'There is no room for a caption here.', nothingThere: 'There is nothing to do this to. Select a clip or move the playhead onto one.', notAClip: 'What was copied does not fit here.',
  },
};
