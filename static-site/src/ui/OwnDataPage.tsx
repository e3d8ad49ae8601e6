import { useRef, useState, type ReactNode } from 'react';
import { Button } from '@digdir/designsystemet-react';
import { Link } from 'react-router';
import { asFault, type Fault } from '../api/fault';
import { EraseDialog } from './EraseDialog';
import { Progress, Stopped } from './ExportNotices';
import { Page, Section } from './Page';
import { saveExport, wholeExport } from './wholeExport';

/** One's data, read, taken along or erased (R29). */
export function OwnDataPage<Export extends { next?: string }>({
  read,
  page,
  erase,
  consequences,
}: {
  /** One answer of the export. */
  read: (cursor: string | undefined) => Promise<Export>;
  /** Where the export is read by people. */
  page: string;
  erase: () => Promise<void>;
  consequences: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const [soFar, setSoFar] = useState<Export>();
  const [fault, setFault] = useState<Fault>();
  const [asking, setAsking] = useState(false);
  // a fault keeps what was read before it
  const kept = useRef<Export>(undefined);
  const save = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      saveExport(
        await wholeExport(read, kept.current, (part) => {
          kept.current = part;
          setSoFar(part);
        }),
      );
      kept.current = undefined;
      setSoFar(undefined);
    } catch (thrown) {
      setFault(asFault(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title="Mes données" lead="Tout ce que Renfort garde sur vous vous appartient.">
      <div className="stack">
        <Section id="exporter" title="Exporter">
          <div className="stack">
            <p>
              Tout ce qui est enregistré sur vous, le journal de qui l’a consulté, quand et pour quelle
              mission, et les courriels qui vous ont été envoyés : à lire ou à imprimer, ou dans un fichier.
            </p>
            {fault && <Stopped fault={fault} soFar={soFar} onResume={() => void save()} />}
            {busy && <Progress soFar={soFar} />}
            <div className="row">
              <Button asChild className="fit">
                <Link to={page}>Lire mes données</Link>
              </Button>
              <Button
                variant="secondary"
                className="fit"
                aria-busy={busy}
                aria-disabled={busy}
                onClick={() => !busy && void save()}
              >
                Exporter mes données
              </Button>
            </div>
          </div>
        </Section>
        <Section id="effacer" title="Effacer">
          <div className="stack">
            {consequences}
            <Button variant="secondary" data-color="danger" className="fit" onClick={() => setAsking(true)}>
              Effacer mes données
            </Button>
          </div>
        </Section>
      </div>
      {asking && <EraseDialog erase={erase} consequences={consequences} onClose={() => setAsking(false)} />}
    </Page>
  );
}
