import { Play } from 'lucide-react';
import { useRef, useState } from 'react';
import { mediaUrl, thumbnailUrl } from '../../api/media-url.ts';

/** A finished stretch of film, standing still in its middle; it plays while the pointer is on it or it has the focus. */
export function FilmPicture({ hash, label }: { readonly hash: string; readonly label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const rest = (): void => {
    const element = video.current;
    if (!element) return;
    element.pause();
    element.currentTime = Math.max(0, element.duration * 0.6 || 0);
    setPlaying(false);
  };
  const play = (): void => void video.current?.play().then(() => setPlaying(true), () => undefined); // left before it began
  return (
    <button type="button" aria-label={label} onPointerEnter={play} onPointerLeave={rest} onFocus={play} onBlur={rest} className="group relative block size-full focus-visible:outline-offset-[-2px]">
      <video ref={video} src={mediaUrl(hash)} poster={thumbnailUrl(hash, 640)} muted loop playsInline preload="auto" tabIndex={-1} onLoadedMetadata={rest} className="size-full object-cover" />
      {!isPlaying && <span className="absolute right-1.5 bottom-1.5 flex size-5 items-center justify-center rounded-full bg-black/55 text-white opacity-0 transition-opacity group-hover:opacity-100"><Play aria-hidden className="size-3" /></span>}
    </button>
  );
}
