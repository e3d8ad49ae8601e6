import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Tableau de bord">{null}</Page>;
}
