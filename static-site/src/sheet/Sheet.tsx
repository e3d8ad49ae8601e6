import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Ma fiche">{null}</Page>;
}
