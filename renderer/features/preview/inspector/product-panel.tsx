/** The product of a scene in numbers: place, size, angle, keyframes, floor, and what the automatic layout is asked for. */
import type { ReactNode } from 'react';
import type { CompositionFacts } from '#core/composition/facts.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { placementSchema } from '#core/project/schema.ts';
import type { AdProject, Placement, Scene } from '#core/project/schema.ts';
import { useStrings } from '../../../strings/index.ts';
import { Slider } from '../../../ui/controls.tsx';
import { Select } from '../../../ui/select.tsx';
import { editProject } from '../../project/project-store.ts';
import { editPlacement, sceneFrame, setGround, setPose } from '../canvas/canvas-edits.ts';
import { keyframesOf, poseOn } from '../canvas/product-keyframes.ts';
import type { Pose } from '../canvas/product-keyframes.ts';
import { KeyframeStrip } from './keyframe-strip.tsx';
import { NumberField } from './number-field.tsx';
import { OverrideBar } from './override-bar.tsx';
import { PanelSection } from './panel-section.tsx';

interface ProductPanelProps {
  readonly document: AdProject;
  readonly scene: Scene;
  readonly ratio: Ratio;
  /** On the project's clock. */
  readonly frame: number;
  readonly facts: CompositionFacts;
}

const INTENTS = placementSchema.shape.intent.unwrap().options;
const ENTRANCES = placementSchema.shape.entrance.unwrap().options;

/** The panel of a product. */
export function ProductPanel({ document, scene, ratio, frame, facts }: ProductPanelProps) {
  const { preview, common } = useStrings();
  const keys = keyframesOf(scene, ratio, facts);
  const { placement } = scene;
  if (!placement) return null;
  const isLocked = scene.isLocked === true;
  const isByHand = placement.keyframes[ratio] !== undefined;
  const target = { kind: 'product' as const, sceneId: scene.id };
  return (
    <>
      {keys && <PoseSection {...{ scene, ratio, frame, facts, isLocked, isByHand }} pose={poseOn(keys, sceneFrame(document, scene.id, frame))} override={<OverrideBar {...{ target, ratio, isByHand, facts }} isDisabled={isLocked} />} />}
      {keys && <KeyframeStrip {...{ document, scene, ratio, frame, facts }} isDisabled={isLocked} />}
      <PanelSection title={preview.ground}>
        {(['shadow', 'reflection'] as const).map((field) => (
          <Slider key={field} label={preview[field]} value={placement[field]} min={0} max={1} step={0.01} format={common.percent} isDisabled={isLocked} onChange={(value) => editProject('productGround', (kept) => setGround(kept, scene.id, { [field]: value }), { mergeKey: `${field} ${scene.id}` })} />
        ))}
      </PanelSection>
      <PanelSection title={preview.layout}>
        <div className="grid grid-cols-2 gap-2">
          <Select<Placement['intent']> label={preview.intent} value={placement.intent} isDisabled={isLocked} options={INTENTS.map((value) => ({ value, label: preview.intents[value] }))} onChange={(intent) => editProject('productLayout', (kept) => editPlacement(kept, scene.id, (before) => ({ ...before, intent })))} />
          <Select<Placement['entrance']> label={preview.entrance} value={placement.entrance} isDisabled={isLocked || isByHand} options={ENTRANCES.map((value) => ({ value, label: preview.entrances[value] }))} onChange={(entrance) => editProject('productLayout', (kept) => editPlacement(kept, scene.id, (before) => ({ ...before, entrance })))} />
        </div>
      </PanelSection>
    </>
  );
}

interface PoseSectionProps extends Omit<ProductPanelProps, 'document'> {
  readonly pose: Pose;
  readonly isLocked: boolean;
  readonly override: ReactNode;
}

function PoseSection({ scene, ratio, frame, facts, pose, isLocked, override }: PoseSectionProps) {
  const { preview, common } = useStrings();
  const canvas = canvasSize(ratio);
  const set = (fields: Partial<Pose>, isStep: boolean): void => {
    const [field] = Object.keys(fields);
    editProject('moveProduct', (kept) => setPose(kept, scene.id, fields, { ratio, frame, facts }), isStep ? { mergeKey: `pose ${field} ${scene.id} ${ratio}` } : {});
  };
  return (
    <PanelSection title={preview.position}>
      <div className="grid grid-cols-2 gap-2">
        <NumberField label="X" unit="px" value={pose.x * canvas.width} min={-canvas.width} max={2 * canvas.width} isDisabled={isLocked} onChange={(value, isStep) => set({ x: value / canvas.width }, isStep)} />
        <NumberField label="Y" unit="px" value={pose.y * canvas.height} min={-canvas.height} max={2 * canvas.height} isDisabled={isLocked} onChange={(value, isStep) => set({ y: value / canvas.height }, isStep)} />
        <NumberField label={preview.height} unit="%" digits={1} step={0.5} value={pose.scale * 100} min={1} max={400} isDisabled={isLocked} onChange={(value, isStep) => set({ scale: value / 100 }, isStep)} />
        <NumberField label={preview.rotation} unit="°" digits={1} value={pose.rotationDeg} min={-180} max={180} isDisabled={isLocked} onChange={(value, isStep) => set({ rotationDeg: value }, isStep)} />
      </div>
      <Slider label={preview.opacity} value={pose.opacity} min={0} max={1} step={0.01} format={common.percent} isDisabled={isLocked} onChange={(opacity) => set({ opacity }, true)} />
      {override}
    </PanelSection>
  );
}
