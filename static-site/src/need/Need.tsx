import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Déposer un besoin">{null}</Page>;
}
