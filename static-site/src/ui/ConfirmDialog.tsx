import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Dialog, Heading } from '@digdir/designsystemet-react';
import { FaultNotice } from './Notice';

/**
 * Asks before something that is hard to take back. `onConfirm` may take its time: the dialog shows that it is at work,
 * and shows its fault when it fails.
 */
export function ConfirmDialog({
  title,
  children,
  action,
  keep = 'Ne rien changer',
  danger = false,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  action: string;
  keep?: string;
  danger?: boolean;
  onConfirm: () => Promise<void> | void;
  onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  useEffect(() => heading.current?.focus(), []);
  const confirm = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setFault(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open closeButton="Fermer" onClose={onClose} aria-labelledby="confirmation">
      <Heading level={2} data-size="xs" id="confirmation" ref={heading} tabIndex={-1}>
        {title}
      </Heading>
      <div className="stack g-m dialog__text">{children}</div>
      {fault !== undefined && <FaultNotice fault={fault} />}
      <div className="actions">
        <Button
          data-color={danger ? 'danger' : 'accent'}
          aria-busy={busy}
          aria-disabled={busy}
          onClick={() => !busy && confirm()}
        >
          {action}
        </Button>
        <Button variant="secondary" onClick={onClose}>
          {keep}
        </Button>
      </div>
    </Dialog>
  );
}
