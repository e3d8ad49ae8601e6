import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Mot de passe">{null}</Page>;
}
