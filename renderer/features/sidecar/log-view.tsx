import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { messageOf } from '../../strings/say.ts';
import { toast } from '../../ui/toast.ts';
import { Card, Section } from '../settings/section.tsx';

const LINES = 400;
const LOOK_MS = 1500;
/** So near to the end counts as at the end, pixels. */
const NEAR = 24;

/** The newest lines of the server. It follows its end until the reader scrolls up, and again when they scroll down. */
export function LogView({ isLive }: { readonly isLive: boolean }) {
  const { sidecar: words } = useStrings();
  const [follows, setFollows] = useState(true);
  const box = useRef<HTMLPreElement>(null);
  const { data, error } = useQuery({ queryKey: ['sidecar-log'], queryFn: () => engine.sidecar.log({ lines: LINES }), refetchInterval: isLive ? LOOK_MS : 10_000 });
  const text = data?.lines.join('\n') ?? '';
  useEffect(() => {
    if (follows && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text, follows]);
  const watchScroll = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = box.current ?? { scrollTop: 0, scrollHeight: 0, clientHeight: 0 };
    setFollows(scrollHeight - scrollTop - clientHeight < NEAR);
  };
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toast.success(words.copied);
  };
  return (
    <Section
      title={words.log} {...(data?.path ? { text: data.path } : {})}
      actions={text === '' ? undefined : <><Button size="small" aria-pressed={follows} disabled={follows} onClick={() => setFollows(true)}>{words.follow}</Button><Button size="small" onClick={() => copy().catch(toast.error)}>{words.copyLog}</Button></>}
    >
      <Card className="overflow-hidden bg-sunken">
        {text === '' ? <p className="px-4 py-6 text-center text-muted">{error ? messageOf(error) : words.logEmpty}</p> : (
          <pre ref={box} tabIndex={0} role="log" aria-live="off" aria-label={words.logLabel} onScroll={watchScroll} className="h-72 overflow-auto px-4 py-3 font-mono text-[11px] leading-[1.55] whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</pre>
        )}
      </Card>
    </Section>
  );
}
