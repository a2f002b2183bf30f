import { useMutation } from '@tanstack/react-query';
import { Archive, FileCheck2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { engine } from '../../api/connection.ts';
import { mediaUrl } from '../../api/media-url.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { messageOf } from '../../strings/say.ts';
import { flushProject } from '../project/project-store.ts';

/** What is handed over besides films: everything in one ZIP, and the report on fidelity for the client. */
export function Deliveries({ projectId }: { readonly projectId: string }) {
  const { exporting } = useStrings();
  return (
    <section aria-labelledby="deliveries" className="flex flex-col gap-3 border-t border-line p-4">
      <h2 id="deliveries" className="text-xs font-semibold text-muted">{exporting.handOver}</h2>
      <Delivery icon={<Archive aria-hidden className="size-4" />} label={exporting.delivery} text={exporting.deliveryText} make={() => engine.exports.delivery({ projectId })} />
      <Delivery icon={<FileCheck2 aria-hidden className="size-4" />} label={exporting.report} text={exporting.reportText} make={() => engine.exports.report({ projectId })} />
    </section>
  );
}

interface DeliveryProps {
  readonly icon: ReactNode;
  readonly label: string;
  readonly text: string;
  make(): ReturnType<typeof engine.exports.report>;
}

function Delivery({ icon, label, text, make }: DeliveryProps) {
  const { exporting } = useStrings();
  const nameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;
  const making = useMutation({
    mutationFn: async () => {
      await flushProject();
      return await make();
    },
  });
  return (
    <div>
      <div className="flex items-start justify-between gap-3">
        <p className="text-xs text-muted">{text}</p>
        <Button size="small" icon={icon} isBusy={making.isPending} onClick={() => making.mutate()}>{label}</Button>
      </div>
      {making.data && <p className="mt-1 text-xs break-all"><a className="text-accent underline" href={mediaUrl(making.data.file.hash, nameOf(making.data.path))} download={nameOf(making.data.path)}>{nameOf(making.data.path)}</a> · {exporting.written(making.data.path)}</p>}
      {making.error && <p role="alert" className="mt-1 text-xs text-danger">{messageOf(making.error)}</p>}
    </div>
  );
}
