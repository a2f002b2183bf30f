/**
 * How things are dragged here. What is dragged can also be clicked, so a drag begins with a movement. The library's accessibility plugin is left
 * out: it announces a drag by keyboard, which is done with mod and the arrows instead, and says "pressed" where it means "dragged".
 */
import { AutoScroller, Cursor, Feedback, PointerActivationConstraints, PointerSensor, PreventSelection } from '@dnd-kit/dom';

const { Delay, Distance } = PointerActivationConstraints;
const pointer = PointerSensor.configure({ activationConstraints: ({ pointerType }) => [pointerType === 'touch' ? new Delay({ value: 250, tolerance: 5 }) : new Distance({ value: 5 })] });

/** For `DragDropProvider`. */
export const DRAG_SETUP = { sensors: [pointer], plugins: [AutoScroller, Cursor, Feedback, PreventSelection] };
