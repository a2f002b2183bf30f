import { useMutation } from '@tanstack/react-query';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { messageOf } from '../../strings/say.ts';
import { toast } from '../../ui/toast.ts';
import { Card, Section } from './section.tsx';

/** A file for support: made, looked at, and saved by the user. */
export function DiagnosticsPanel() {
  const { settings: words, common } = useStrings();
  const { mutate, data, isPending, error } = useMutation({ mutationFn: () => engine.settings.diagnostics() });
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    toast.success(words.diagnosticsCopied);
  };
  return (
    <Section
      title={words.diagnostics} text={words.diagnosticsText}
      actions={
        <>
          {data && <Button onClick={() => copy(data.text).catch(toast.error)}>{common.copy}</Button>}
          {data && <Button onClick={() => save(data)}>{words.diagnosticsSave}</Button>}
          <Button kind={data ? 'secondary' : 'primary'} isBusy={isPending} onClick={() => mutate()}>{data ? words.diagnosticsAgain : words.diagnosticsMake}</Button>
        </>
      }
    >
      {error && <p role="alert" className="text-danger">{messageOf(error)}</p>}
      {data && (
        <Card className="overflow-hidden">
          <pre tabIndex={0} aria-label={words.diagnosticsLabel} className="max-h-[62vh] overflow-auto p-4 font-mono text-[11px] leading-relaxed whitespace-pre-wrap [overflow-wrap:anywhere]">{data.text}</pre>
        </Card>
      )}
    </Section>
  );
}

function save({ name, text }: { readonly name: string; readonly text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // the browser has read it by then
}
