import { useState, type ReactNode } from 'react';
import { Button } from '@digdir/designsystemet-react';
import { asFault, type Fault } from '../api/fault';
import { EraseDialog } from './EraseDialog';
import { FaultNotice } from './Notice';
import { Page, Section } from './Page';

/** One's data, taken along or erased (R29). */
export function OwnDataPage({
  load,
  erase,
  consequences,
}: {
  load: () => Promise<unknown>;
  erase: () => Promise<void>;
  consequences: ReactNode;
}) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const [asking, setAsking] = useState(false);
  const save = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      const url = URL.createObjectURL(
        new Blob([JSON.stringify(await load(), undefined, 2)], { type: 'application/json' }),
      );
      const link = Object.assign(document.createElement('a'), {
        href: url,
        download: 'renfort-mes-donnees.json',
      });
      link.click();
      URL.revokeObjectURL(url);
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
              Un fichier avec tout ce qui est enregistré sur vous, et le journal de qui l’a consulté, quand et
              pour quelle mission.
            </p>
            {fault && <FaultNotice fault={fault} />}
            <Button
              className="fit"
              aria-busy={busy}
              aria-disabled={busy}
              onClick={() => !busy && void save()}
            >
              Exporter mes données
            </Button>
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
