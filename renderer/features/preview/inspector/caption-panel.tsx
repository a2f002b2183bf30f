/** Words of a scene: what they say, what they are, how they look, where they stand. */
import { useEffect, useRef } from 'react';
import type { CompositionFacts } from '#core/composition/facts.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { canvasSize } from '#core/project/ratio.ts';
import { CAPTION_ROLES, captionSchema } from '#core/project/schema.ts';
import type { AdProject, Caption, CaptionLook, CaptionRole, Scene } from '#core/project/schema.ts';
import { useStrings } from '../../../strings/index.ts';
import { Button } from '../../../ui/button.tsx';
import { Segments, Slider } from '../../../ui/controls.tsx';
import { TextArea } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { editProject } from '../../project/project-store.ts';
import type { EditLabel } from '../../project/project-store.ts';
import { middleOf } from '../canvas/box.ts';
import type { Box } from '../canvas/box.ts';
import { applyBox, editCaption, setLook } from '../canvas/canvas-edits.ts';
import { useWriteRequests } from '../canvas/canvas-selection.ts';
import { playbackNow } from '../playback.ts';
import { ColorChoice } from './color-choice.tsx';
import { NumberField } from './number-field.tsx';
import { OverrideBar } from './override-bar.tsx';
import { PanelSection } from './panel-section.tsx';

interface CaptionPanelProps {
  readonly document: AdProject;
  readonly scene: Scene;
  readonly caption: Caption;
  readonly ratio: Ratio;
  readonly facts: CompositionFacts;
  /** Where its ink is, if it is on screen at the playhead. */
  readonly box: Box | undefined;
}

const ANIMATIONS = captionSchema.shape.animation.unwrap().options;
const MAX_LENGTH = 300;
/** From here on the end of the room is told. */
const NEAR_END = 40;

/** The panel of words. */
export function CaptionPanel({ document, scene, caption, ratio, facts, box }: CaptionPanelProps) {
  const { preview } = useStrings();
  const isLocked = scene.isLocked === true;
  const target = { kind: 'caption' as const, sceneId: scene.id, captionId: caption.id };
  const edit = (label: EditLabel, change: (before: Caption) => Caption, mergeKey?: string): void => {
    editProject(label, (kept) => editCaption(kept, target, change), mergeKey ? { mergeKey: `${mergeKey} ${caption.id} ${scene.id}` } : {});
  };
  return (
    <>
      <PanelSection title={preview.words}>
        <TextField key={`${scene.id}/${caption.id}`} text={caption.text} isDisabled={isLocked} onChange={(text) => edit('captionText', (before) => ({ ...before, text }), 'text')} />
        <div className="grid grid-cols-2 gap-2">
          <Select<CaptionRole> label={preview.role} value={caption.role} isDisabled={isLocked} options={CAPTION_ROLES.map((value) => ({ value, label: preview.roles[value] }))} onChange={(role) => edit('captionRole', (before) => ({ ...before, role }))} />
          <Select<Caption['animation']> label={preview.animation} value={caption.animation} isDisabled={isLocked} options={ANIMATIONS.map((value) => ({ value, label: preview.animations[value] }))} onChange={(animation) => edit('captionAnimation', (before) => ({ ...before, animation }))} />
        </div>
      </PanelSection>
      <LookSection document={document} caption={caption} isDisabled={isLocked} onChange={(look, mergeKey) => edit('captionLook', (before) => setLook(before, look), mergeKey)} />
      <PanelSection title={preview.position}>
        {box && <PlaceFields {...{ target, box, ratio, facts, caption }} isDisabled={isLocked} />}
        <OverrideBar target={target} ratio={ratio} facts={facts} isByHand={caption.position[ratio] !== undefined} isDisabled={isLocked} />
      </PanelSection>
    </>
  );
}

function TextField({ text, isDisabled, onChange }: { readonly text: string; readonly isDisabled: boolean; onChange(text: string): void }) {
  const { preview } = useStrings();
  const field = useRef<HTMLTextAreaElement>(null);
  const requests = useWriteRequests();
  const served = useRef(requests);
  useEffect(() => {
    if (requests === served.current) return;
    served.current = requests;
    field.current?.focus();
    field.current?.select();
  }, [requests]);
  const left = MAX_LENGTH - text.length;
  return <TextArea ref={field} label={preview.text} rows={2} value={text} maxLength={MAX_LENGTH} disabled={isDisabled} {...(left <= NEAR_END ? { hint: preview.charactersLeft(left) } : {})} onChange={(event) => onChange(event.currentTarget.value)} />;
}

type LookChange = { readonly [K in keyof CaptionLook]: CaptionLook[K] | undefined };

function LookSection({ document, caption, isDisabled, onChange }: { readonly document: AdProject; readonly caption: Caption; readonly isDisabled: boolean; onChange(look: LookChange, mergeKey?: string): void }) {
  const { preview, common } = useStrings();
  const { look = {} } = caption;
  const fonts = document.style.fonts;
  const fontLabel = { automatic: preview.fonts.automatic, heading: `${preview.fonts.heading} · ${fonts.heading}`, body: `${preview.fonts.body} · ${fonts.body}` };
  return (
    <PanelSection
      title={preview.look}
      aside={caption.look && <Button kind="quiet" size="small" disabled={isDisabled} onClick={() => onChange({ font: undefined, color: undefined, scale: undefined, align: undefined })}>{preview.lookReset}</Button>}
    >
      <Select label={preview.font} value={look.font ?? 'automatic'} isDisabled={isDisabled} options={(['automatic', 'heading', 'body'] as const).map((value) => ({ value, label: fontLabel[value] }))} onChange={(font) => onChange({ font: font === 'automatic' ? undefined : font })} />
      <ColorChoice document={document} value={look.color} isDisabled={isDisabled} onChange={(color, isStep) => onChange({ color }, isStep ? 'color' : undefined)} />
      <Slider label={preview.typeSize} value={look.scale ?? 1} min={0.4} max={1.6} step={0.02} format={common.percent} isDisabled={isDisabled} onChange={(scale) => onChange({ scale: scale === 1 ? undefined : scale }, 'scale')} />
      <div className="flex items-center justify-between gap-2">
        <span className="text-xs font-medium text-muted">{preview.align}</span>
        <Segments label={preview.align} value={look.align ?? 'automatic'} options={(['automatic', 'left', 'center'] as const).map((value) => ({ value, label: preview.aligns[value] }))} onChange={(align) => !isDisabled && onChange({ align: align === 'automatic' ? undefined : align })} />
      </div>
    </PanelSection>
  );
}

interface PlaceFieldsProps {
  readonly target: { readonly kind: 'caption'; readonly sceneId: string; readonly captionId: string };
  readonly box: Box;
  readonly ratio: Ratio;
  readonly facts: CompositionFacts;
  readonly caption: Caption;
  readonly isDisabled: boolean;
}

function PlaceFields({ target, box, ratio, facts, caption, isDisabled }: PlaceFieldsProps) {
  const { preview } = useStrings();
  const canvas = canvasSize(ratio);
  const middle = middleOf(box);
  const width = caption.position[ratio]?.width;
  const move = (to: Partial<Box>, isStep: boolean): void => {
    editProject('placeCaption', (kept) => applyBox(kept, target, box, { ...box, ...to }, { ratio, frame: playbackNow().frame, facts }), isStep ? { mergeKey: `place ${target.sceneId} ${target.captionId}` } : {});
  };
  return (
    <div className="grid grid-cols-3 gap-2">
      <NumberField label="X" unit="px" value={middle.x} min={0} max={canvas.width} isDisabled={isDisabled} onChange={(value, isStep) => move({ x: box.x + value - middle.x }, isStep)} />
      <NumberField label="Y" unit="px" value={middle.y} min={0} max={canvas.height} isDisabled={isDisabled} onChange={(value, isStep) => move({ y: box.y + value - middle.y }, isStep)} />
      <NumberField label={preview.widen} unit="%" value={(width ?? box.width / canvas.width) * 100} min={5} max={100} isDisabled={isDisabled} onChange={(value, isStep) => {
        const pixels = (value / 100) * canvas.width;
        move({ x: middle.x - pixels / 2, width: pixels }, isStep);
      }} />
    </div>
  );
}
