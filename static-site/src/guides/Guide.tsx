import type { ReactNode } from 'react';
import { Button } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import { Page } from '../ui/Page';
import { Prose, spacedText } from './Prose';
import './guides.css';

export interface Chapter {
  id: string;
  title: string;
  body: ReactNode;
}

/** A guide: its chapters beside their table of contents; printed, nothing else of the site stands around them. */
export function Guide({ title, lead, chapters }: { title: string; lead: string; chapters: Chapter[] }) {
  return (
    <Page title={title} lead={lead}>
      <div className="guide">
        <div className="guide__side no-print">
          <nav className="guide__toc" aria-labelledby="sommaire">
            <h2 id="sommaire" className="small muted">
              Sommaire
            </h2>
            <ol>
              {chapters.map((chapter) => (
                <li key={chapter.id}>
                  <a href={`#${chapter.id}`}>{spacedText(chapter.title)}</a>
                </li>
              ))}
            </ol>
          </nav>
          <Button variant="secondary" className="fit" onClick={() => print()}>
            <PrinterSmallIcon aria-hidden />
            Imprimer le guide
          </Button>
        </div>
        <div className="panel guide__body">
          {chapters.map((chapter, index) => (
            <section key={chapter.id} id={chapter.id} tabIndex={-1} aria-labelledby={`${chapter.id}-titre`}>
              <Prose>
                <h2 id={`${chapter.id}-titre`}>{`${index + 1}. ${chapter.title}`}</h2>
                {chapter.body}
              </Prose>
            </section>
          ))}
        </div>
      </div>
    </Page>
  );
}
