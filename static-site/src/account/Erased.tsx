import { Button } from '@digdir/designsystemet-react';
import { Link } from 'react-router';
import { Page } from '../ui/Page';

/** What somebody sees who has erased their account. */
export function Component() {
  return (
    <Page title="Votre compte est effacé" lead="Merci pour l’aide que vous avez proposée ou organisée.">
      <Button asChild variant="secondary" className="fit">
        <Link to="/">Revenir à l’accueil</Link>
      </Button>
    </Page>
  );
}
