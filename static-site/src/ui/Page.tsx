import { useEffect, useRef, type ReactNode } from 'react';
import { Heading } from '@digdir/designsystemet-react';
import { useNavigationType } from 'react-router';

/**
 * The head of a page: its title in the tab and as the one `h1`, which takes the focus when somebody came here by a
 * link, so that a screen reader begins where the eye does.
 */
export function Page({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const came = useNavigationType();
  useEffect(() => {
    if (came !== 'POP') {
      heading.current?.focus();
    }
  }, [came]);
  return (
    <div className="wrap page">
      <title>{`${title} – Renfort`}</title>
      <div className="title">
        <Heading level={1} data-size="md" ref={heading} tabIndex={-1}>
          {title}
        </Heading>
        {lead && <div className="lead">{lead}</div>}
      </div>
      {children}
    </div>
  );
}

/** A titled section of a page or of a form. */
export function Section({
  id,
  number,
  title,
  lead,
  children,
}: {
  id: string;
  number?: number;
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="panel" id={id} aria-labelledby={`${id}-titre`}>
      <div className="sec__h">
        {number && (
          <span className="sec__n" aria-hidden="true">
            {number}
          </span>
        )}
        <div className="stack g-s">
          <Heading level={2} data-size="2xs" id={`${id}-titre`}>
            {title}
          </Heading>
          {lead && <p className="muted small">{lead}</p>}
        </div>
      </div>
      {children}
    </section>
  );
}
