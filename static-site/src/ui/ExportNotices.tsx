import { Alert, Button } from '@digdir/designsystemet-react';
import { count } from './format';
import { FaultNotice } from './Notice';
import { rowsOf } from './wholeExport';

/** How far the reading of an export has come. */
export function Progress({ soFar }: { soFar: object | undefined }) {
  return (
    <p role="status" className="num">
      {soFar
        ? `Lecture de vos données : ${count(rowsOf(soFar), 'ligne')} jusqu’ici…`
        : 'Lecture de vos données…'}
    </p>
  );
}

/** The reading has stopped on the way; what was read is kept, and is gone on with. */
export function Stopped({
  fault,
  soFar,
  onResume,
}: {
  fault: unknown;
  soFar: object | undefined;
  onResume: () => void;
}) {
  return (
    <div className="stack g-m">
      <FaultNotice fault={fault} />
      <Alert data-color="warning">
        <p>
          {soFar
            ? `La lecture s’est arrêtée après ${count(rowsOf(soFar), 'ligne')} : rien n’est affiché ni enregistré tant qu’elle n’est pas complète. Elle reprend où elle s’est arrêtée.`
            : 'Vos données n’ont pas pu être lues.'}
        </p>
        <Button variant="secondary" className="sm fit" onClick={onResume}>
          Reprendre la lecture
        </Button>
      </Alert>
    </div>
  );
}
