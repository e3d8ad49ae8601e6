import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Données personnelles">{null}</Page>;
}
