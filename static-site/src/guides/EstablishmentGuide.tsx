import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Guide des établissements">{null}</Page>;
}
