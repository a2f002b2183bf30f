import { CloudOff } from 'lucide-react';
import { Link } from 'wouter';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';

/** Says why something cannot be fetched, and leads to the switch. */
export function OfflineNote() {
  const { settings: words } = useStrings();
  return (
    <p className="flex items-center gap-2.5 rounded-lg border border-warning/40 bg-warning-soft px-4 py-2.5 text-warning">
      <CloudOff aria-hidden className="size-4 shrink-0" />
      <span className="flex-1">{words.offlineOn}</span>
      <Link href={to.settings('cloud')} className="font-medium underline underline-offset-2">{words.tab.cloud}</Link>
    </p>
  );
}
