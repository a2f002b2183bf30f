import { Maximize, Redo2, RotateCcw, Undo2, X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { engine } from '../../../api/connection.ts';
import { mediaUrl } from '../../../api/media-url.ts';
import { upload } from '../../../api/upload.ts';
import { useCommands } from '../../../app/commands.ts';
import { useStrings } from '../../../strings/index.ts';
import { Button, IconButton, Spinner } from '../../../ui/button.tsx';
import { Segments, Slider } from '../../../ui/controls.tsx';
import { toast } from '../../../ui/toast.ts';
import type { DraftPhoto } from '../draft.ts';
import { changePhoto } from '../draft-store.ts';
import { createMaskPainter } from './mask-painter.ts';
import type { MaskPainter } from './mask-painter.ts';
import { MaskCanvas } from './mask-canvas.tsx';

/** The brush and the edge, as the bar shows them. `size` is a diameter in photo pixels. */
export interface MaskTools {
  readonly mode: 'add' | 'remove';
  readonly size: number;
  readonly hardness: number;
  readonly featherPx: number;
}

interface MaskEditorProps {
  readonly photo: DraftPhoto;
  onClose(): void;
}

/** Correcting a cut-out by hand: what the brush adds is product, what it takes away is not. */
export function MaskEditor({ photo, onClose }: MaskEditorProps) {
  const { newAdvert, common } = useStrings();
  const longSide = Math.max(photo.upright?.width ?? 1000, photo.upright?.height ?? 1000);
  const [tools, setTools] = useState<MaskTools>({ mode: 'add', size: Math.max(8, Math.round(longSide / 25)), hardness: 0.8, featherPx: 0 });
  const latest = useRef(tools);
  latest.current = tools;
  const [painter, setPainter] = useState<MaskPainter>();
  const [, redraw] = useState(0);
  const [isSaving, setSaving] = useState(false);
  const change = (part: Partial<MaskTools>): void => setTools({ ...latest.current, ...part });
  const resize = (factor: number): void => change({ size: Math.min(Math.round(longSide / 2), Math.max(2, Math.round(latest.current.size * factor))) });

  const apply = async (): Promise<void> => {
    if (!painter || !photo.asset || isSaving) return;
    setSaving(true);
    try {
      const { asset: mask } = await upload(new File([await painter.toPng()], 'mask.png', { type: 'image/png' }), 'mask');
      const { product } = await engine.cutouts.correct({ photo: photo.asset, mask, featherPx: latest.current.featherPx });
      changePhoto(photo.id, { corrected: product });
      onClose();
    } catch (error) {
      toast.error(error);
      setSaving(false);
    }
  };
  const reset = async (): Promise<void> => {
    const original = photo.product?.cutout;
    if (!original) return;
    try {
      painter?.reset(await loadBitmap(original.hash));
    } catch (error) {
      toast.error(error);
    }
  };
  const commands = { group: newAdvert.maskEditor, isGlobal: true };
  useCommands([
    { ...commands, id: 'mask.undo', label: common.undo, keys: ['mod+z'], run: () => painter?.undo() },
    { ...commands, id: 'mask.redo', label: common.redo, keys: ['mod+shift+z', 'mod+y'], run: () => painter?.redo() },
    { ...commands, id: 'mask.swap', label: newAdvert.swapBrush, keys: ['x'], run: () => change({ mode: latest.current.mode === 'add' ? 'remove' : 'add' }) },
    { ...commands, id: 'mask.smaller', label: newAdvert.smallerBrush, keys: ['['], run: () => resize(1 / 1.2) },
    { ...commands, id: 'mask.larger', label: newAdvert.largerBrush, keys: [']'], run: () => resize(1.2) },
    { ...commands, id: 'mask.in', label: newAdvert.zoomIn, keys: ['+'], run: () => painter?.zoom(1.4) },
    { ...commands, id: 'mask.out', label: newAdvert.zoomOut, keys: ['-'], run: () => painter?.zoom(1 / 1.4) },
    { ...commands, id: 'mask.fit', label: newAdvert.zoomFit, keys: ['0'], run: () => painter?.fit() },
    { ...commands, id: 'mask.apply', label: newAdvert.applyMask, keys: ['mod+enter'], run: () => void apply() },
  ]);

  return (
    <Primitive.Root open onOpenChange={(isOpen) => !isOpen && !isSaving && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/70" />
        <Primitive.Content aria-describedby={undefined} onOpenAutoFocus={focusCanvas} className="fixed inset-4 z-40 flex flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-pop outline-none">
          <header className="flex items-center gap-3 border-b border-line px-4 py-2">
            <Primitive.Title className="mr-auto truncate text-sm font-semibold">{newAdvert.maskTitle}</Primitive.Title>
            <IconButton label={common.undo} shortcut="mod+z" disabled={!painter?.history.canUndo} onClick={() => painter?.undo()}><Undo2 aria-hidden className="size-4" /></IconButton>
            <IconButton label={common.redo} shortcut="mod+shift+z" disabled={!painter?.history.canRedo} onClick={() => painter?.redo()}><Redo2 aria-hidden className="size-4" /></IconButton>
            <IconButton label={newAdvert.resetMask} onClick={() => void reset()}><RotateCcw aria-hidden className="size-4" /></IconButton>
            <span aria-hidden className="h-5 w-px bg-line" />
            <IconButton label={newAdvert.zoomOut} shortcut="-" onClick={() => painter?.zoom(1 / 1.4)}><ZoomOut aria-hidden className="size-4" /></IconButton>
            <IconButton label={newAdvert.zoomIn} shortcut="+" onClick={() => painter?.zoom(1.4)}><ZoomIn aria-hidden className="size-4" /></IconButton>
            <IconButton label={newAdvert.zoomFit} shortcut="0" onClick={() => painter?.fit()}><Maximize aria-hidden className="size-4" /></IconButton>
            <Primitive.Close asChild><IconButton label={common.close}><X aria-hidden className="size-4" /></IconButton></Primitive.Close>
          </header>
          <div className="relative min-h-0 flex-1 bg-[#1b1c1f]">
            <OpenedCanvas photo={photo} tools={latest} onOpen={setPainter} onChange={() => redraw((count) => count + 1)} />
          </div>
          <footer className="flex flex-wrap items-end gap-x-6 gap-y-2 border-t border-line px-4 py-3">
            <Segments label={newAdvert.brush} value={tools.mode} options={[{ value: 'add', label: newAdvert.brushAdd }, { value: 'remove', label: newAdvert.brushRemove }]} onChange={(mode) => change({ mode })} />
            <div className="w-40"><Slider label={newAdvert.brushSize} value={Math.min(tools.size, longSide / 4)} min={2} max={Math.round(longSide / 4)} step={1} format={newAdvert.pixels} onChange={(size) => change({ size })} /></div>
            <div className="w-36"><Slider label={newAdvert.brushHardness} value={tools.hardness} min={0} max={1} step={0.05} format={common.percent} onChange={(hardness) => change({ hardness })} /></div>
            <div className="w-36"><Slider label={newAdvert.feather} value={tools.featherPx} min={0} max={20} step={0.5} format={newAdvert.pixels} onChange={(featherPx) => change({ featherPx })} /></div>
            <p className="min-w-40 flex-1 text-xs text-muted">{newAdvert.maskHint}</p>
            <Button onClick={onClose} disabled={isSaving}>{common.cancel}</Button>
            <Button kind="primary" isBusy={isSaving} disabled={!painter} onClick={() => void apply()}>{newAdvert.applyMask}</Button>
          </footer>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Wider than most windows. */
const SMALL_PX = 2000;

/** Not the first button, whose tooltip would open over the photo. */
function focusCanvas(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.querySelector('canvas')?.focus();
}

interface OpenedCanvasProps {
  readonly photo: DraftPhoto;
  readonly tools: { readonly current: MaskTools };
  onOpen(painter: MaskPainter | undefined): void;
  onChange(): void;
}

/** The canvas once the pictures are there. */
function OpenedCanvas({ photo, tools, onOpen, onChange }: OpenedCanvasProps) {
  const { newAdvert } = useStrings();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [painter, setPainter] = useState<MaskPainter>();
  const news = useRef({ onOpen, onChange });
  news.current = { onOpen, onChange };
  useEffect(() => {
    let opened: MaskPainter | undefined;
    let isGone = false;
    const open = async (): Promise<void> => {
      const cutout = photo.corrected?.cutout ?? photo.product?.cutout;
      if (!photo.upright || !cutout) return;
      const [picture, start] = await Promise.all([loadBitmap(photo.upright.hash), loadBitmap(cutout.hash)]);
      const smallPhoto = await createImageBitmap(picture, { resizeWidth: Math.min(picture.width, SMALL_PX), resizeQuality: 'medium' });
      if (isGone || !canvas.current) return [picture, start, smallPhoto].forEach((bitmap) => bitmap.close());
      opened = createMaskPainter({
        canvas: canvas.current, photo: picture, smallPhoto, start, onChange: () => news.current.onChange(),
        brush: () => ({ radius: tools.current.size / 2, hardness: tools.current.hardness, isErasing: tools.current.mode === 'remove' }),
      });
      setPainter(opened);
      news.current.onOpen(opened);
    };
    open().catch((error: unknown) => toast.error(error));
    return () => {
      isGone = true;
      opened?.dispose();
      news.current.onOpen(undefined);
    };
  }, [photo, tools]);
  return (
    <>
      <MaskCanvas ref={canvas} painter={painter} label={newAdvert.maskCanvas} />
      {!painter && <p role="status" className="absolute inset-0 flex items-center justify-center gap-2 text-[#c9cbd1]"><Spinner />{newAdvert.openingPhoto}</p>}
    </>
  );
}

async function loadBitmap(hash: string): Promise<ImageBitmap> {
  const response = await fetch(mediaUrl(hash));
  if (!response.ok) throw new Error(`${response.status}`);
  return await createImageBitmap(await response.blob());
}
