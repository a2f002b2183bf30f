import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { thumbnailUrl } from '../../api/media-url.ts';

/** A scene's backdrop at rest: its layers one over the other, as the compositor stacks them. */
export function BackdropPicture({ manifest }: { readonly manifest: BackdropManifest }) {
  if (manifest.clip) return <img src={thumbnailUrl(manifest.clip.file.hash, 640)} alt="" className="size-full object-cover" />;
  return (
    <div className="relative size-full overflow-hidden" style={{ background: manifest.ambient }}>
      {manifest.layers.map(({ picture, rect, blend, opacity }, index) => (
        <img key={`${index} ${picture.hash}`} src={thumbnailUrl(picture.hash, 640)} alt="" className="absolute max-w-none" style={{ left: `${rect.x * 100}%`, top: `${rect.y * 100}%`, width: `${rect.width * 100}%`, height: `${rect.height * 100}%`, opacity, mixBlendMode: blend }} />
      ))}
    </div>
  );
}

