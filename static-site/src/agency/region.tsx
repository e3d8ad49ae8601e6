import { useEffect, type ReactNode } from 'react';
import { Field, Label, Select } from '@digdir/designsystemet-react';
import { useSearchParams } from 'react-router';
import type { Schemas } from '../api/client';
import { useReference } from '../api/reference';
import { useAccount } from '../api/session';
import { Empty, FaultNotice } from '../ui/Notice';
import { Page } from '../ui/Page';
import '../candidates/candidates.css';

export type RegionCode = Schemas['RegionCode'];

// where the national level was at work: the menu leads back there
let latest = '';

/** The region of the page: an agency's own; the national level chooses it, and the address keeps it. */
function useRegion(): [region: string, choose: (region: string) => void] {
  const account = useAccount();
  const [search, setSearch] = useSearchParams();
  const chosen = search.get('region') ?? '';
  const national = account.role === 'NATIONAL';
  useEffect(() => {
    if (!national) {
      return;
    }
    if (chosen) {
      latest = chosen;
    } else if (latest) {
      setSearch({ region: latest }, { replace: true });
    }
  }, [national, chosen, setSearch]);
  return [national ? chosen : (account.region ?? ''), (region) => setSearch(region ? { region } : {})];
}

/** A page about one region; what it shows begins anew with another one. */
export function RegionPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead: ReactNode;
  children: (region: RegionCode) => ReactNode;
}) {
  const { role } = useAccount();
  const [region, choose] = useRegion();
  const reference = useReference();
  const known = reference.data?.regions.find((one) => one.code === region);
  return (
    <Page
      title={title}
      lead={
        <>
          {role === 'AGENCY' && known && <span className="strong">{known.ars}. </span>}
          {lead}
        </>
      }
    >
      <div className="stack g-l">
        {role === 'NATIONAL' && (
          <Field className="narrow">
            <Label>Région</Label>
            <Select value={known ? region : ''} onChange={(event) => choose(event.target.value)}>
              <Select.Option value="">Choisir une région</Select.Option>
              {reference.data?.regions.map(({ code, name }) => (
                <Select.Option key={code} value={code}>
                  {name}
                </Select.Option>
              ))}
            </Select>
          </Field>
        )}
        {reference.isError && (
          <FaultNotice fault={reference.error} onRetry={() => void reference.refetch()} />
        )}
        {known && (
          <div key={known.code} className="stack g-l">
            {children(known.code)}
          </div>
        )}
        {reference.isSuccess && !known && (
          <Empty title="Quelle région ?">
            <p>Le niveau national agit sur toutes les régions : choisissez celle à afficher.</p>
          </Empty>
        )}
      </div>
    </Page>
  );
}
