import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Questions fréquentes">{null}</Page>;
}
