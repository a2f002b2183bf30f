/** The keys of the timeline, in one list for the palette and the sheet. */
import { useCommands } from '../../app/commands.ts';
import { useStrings } from '../../strings/index.ts';
import { pause, playbackNow, setInFrame, setOutFrame, shuttle, togglePlay, usePlaybackSelector } from '../preview/playback.ts';
import { projectNow } from '../project/project-store.ts';
import * as act from './timeline-actions.ts';
import { selectClips, setTimeline, timelineNow, useTimeline } from './timeline-store.ts';
import { fit, zoomBy } from './viewport.ts';

const ZOOM_STEP = 1.3;

/** Registers them while the timeline is shown. */
export function useTimelineCommands(): void {
  usePlayingCommands();
  useEditingCommands();
  useViewCommands();
}

function usePlayingCommands(): void {
  const { timeline: words } = useStrings();
  const group = words.playing;
  const hasPoints = usePlaybackSelector((playback) => playback.inFrame !== null || playback.outFrame !== null);
  useCommands([
    { id: 'timeline.play', label: words.play, group, keys: ['space'], run: togglePlay },
    { id: 'timeline.back', label: words.shuttleBack, group, keys: ['j'], run: () => shuttle(-1) },
    { id: 'timeline.stop', label: words.shuttleStop, group, keys: ['k'], run: pause },
    { id: 'timeline.forward', label: words.shuttleForward, group, keys: ['l'], run: () => shuttle(1) },
    { id: 'timeline.frameBack', label: words.frameBack, group, keys: ['left', ','], run: () => act.stepBy(-1) },
    { id: 'timeline.frameForward', label: words.frameForward, group, keys: ['right', '.'], run: () => act.stepBy(1) },
    { id: 'timeline.tenBack', label: words.tenBack, group, keys: ['shift+left'], run: () => act.stepBy(-10) },
    { id: 'timeline.tenForward', label: words.tenForward, group, keys: ['shift+right'], run: () => act.stepBy(10) },
    { id: 'timeline.start', label: words.toStart, group, keys: ['home'], run: () => act.goTo(0) },
    { id: 'timeline.end', label: words.toEnd, group, keys: ['end'], run: () => act.goTo((projectNow()?.durationFrames ?? 1) - 1) },
    { id: 'timeline.previousCut', label: words.previousCut, group, keys: ['up'], run: () => act.goToCut(-1) },
    { id: 'timeline.nextCut', label: words.nextCut, group, keys: ['down'], run: () => act.goToCut(1) },
    { id: 'timeline.in', label: words.setIn, group, keys: ['i'], run: () => setInFrame(playbackNow().frame) },
    { id: 'timeline.out', label: words.setOut, group, keys: ['o'], run: () => setOutFrame(playbackNow().frame) },
    { id: 'timeline.clearInOut', label: words.clearInOut, group, keys: ['alt+x'], isDisabled: !hasPoints, run: act.clearInOut },
    { id: 'timeline.trimTo', label: words.trimTo, group, keys: ['alt+t'], isDisabled: !hasPoints, run: act.trimFilm },
  ]);
}

// Brackets need AltGr on many keyboards, so every trim has a second key.
function useEditingCommands(): void {
  const { timeline: words, common } = useStrings();
  const { group } = words;
  const isNothing = useTimeline((state) => state.selection.keys.length === 0);
  const isScene = useTimeline((state) => state.selection.keys.some((key) => key.startsWith('scene')));
  const isCopyable = useTimeline((state) => state.selection.keys.some((key) => key.startsWith('scene') || key.startsWith('caption')));
  useCommands([
    { id: 'timeline.split', label: words.split, group, keys: ['s', 'mod+b'], run: act.split },
    { id: 'timeline.delete', label: common.delete, group, keys: ['delete', 'backspace'], isDisabled: isNothing, run: act.remove },
    { id: 'timeline.cut', label: common.cut, group, keys: ['mod+x'], isDisabled: !isCopyable, run: act.cut },
    { id: 'timeline.copy', label: common.copy, group, keys: ['mod+c'], isDisabled: !isCopyable, run: () => void act.copy() },
    { id: 'timeline.paste', label: common.paste, group, keys: ['mod+v'], run: act.paste },
    { id: 'timeline.duplicate', label: common.duplicate, group, keys: ['mod+d'], isDisabled: !isCopyable, run: act.duplicate },
    { id: 'timeline.selectAll', label: words.selectAll, group, keys: ['mod+a'], run: act.selectAll },
    { id: 'timeline.selectNone', label: words.selectNone, group, keys: ['mod+shift+a'], isDisabled: isNothing, run: () => selectClips([]) },
    { id: 'timeline.trimStartEarlier', label: words.trimStartEarlier, group, keys: ['[', 'mod+alt+left'], isDisabled: isNothing, run: () => act.trim('start', -1) },
    { id: 'timeline.trimStartLater', label: words.trimStartLater, group, keys: ['{', 'mod+alt+right'], isDisabled: isNothing, run: () => act.trim('start', 1) },
    { id: 'timeline.trimEndLater', label: words.trimEndLater, group, keys: [']', 'alt+shift+right'], isDisabled: isNothing, run: () => act.trim('end', 1) },
    { id: 'timeline.trimEndEarlier', label: words.trimEndEarlier, group, keys: ['}', 'alt+shift+left'], isDisabled: isNothing, run: () => act.trim('end', -1) },
    { id: 'timeline.trimStartHere', label: words.trimToPlayheadStart, group, keys: ['q'], run: () => act.trimToPlayhead('start') },
    { id: 'timeline.trimEndHere', label: words.trimToPlayheadEnd, group, keys: ['w'], run: () => act.trimToPlayhead('end') },
    { id: 'timeline.nudgeLeft', label: words.nudgeLeft, group, keys: ['alt+left'], isDisabled: isNothing, run: () => (isScene ? act.moveInOrder(-1) : act.nudge(-1)) },
    { id: 'timeline.nudgeRight', label: words.nudgeRight, group, keys: ['alt+right'], isDisabled: isNothing, run: () => (isScene ? act.moveInOrder(1) : act.nudge(1)) },
    { id: 'timeline.marker', label: words.addMarker, group, keys: ['m'], run: act.mark },
    { id: 'timeline.caption', label: words.addCaption, group, keys: ['t'], run: act.writeCaption },
    { id: 'timeline.scene', label: words.addScene, group, run: act.addScene },
  ]);
}

function useViewCommands(): void {
  const { timeline: words } = useStrings();
  const { group } = words;
  useCommands([
    { id: 'timeline.select', label: `${words.tools.label}: ${words.tools.select}`, group, keys: ['v'], run: () => setTimeline({ tool: 'select' }) },
    { id: 'timeline.razor', label: `${words.tools.label}: ${words.tools.razor}`, group, keys: ['c'], run: () => setTimeline({ tool: 'razor' }) },
    { id: 'timeline.slip', label: `${words.tools.label}: ${words.tools.slip}`, group, keys: ['y'], run: () => setTimeline({ tool: 'slip' }) },
    { id: 'timeline.snap', label: words.snap, group, keys: ['n'], run: () => setTimeline({ isSnapping: !timelineNow().isSnapping }) },
    { id: 'timeline.ripple', label: words.ripple, group, keys: ['shift+n'], run: () => setTimeline({ isRippling: !timelineNow().isRippling }) },
    { id: 'timeline.zoomIn', label: words.zoomIn, group, keys: ['+', '='], run: () => zoomBy(ZOOM_STEP) },
    { id: 'timeline.zoomOut', label: words.zoomOut, group, keys: ['-'], run: () => zoomBy(1 / ZOOM_STEP) },
    { id: 'timeline.fit', label: words.fit, group, keys: ['shift+z'], run: fit },
  ]);
}
