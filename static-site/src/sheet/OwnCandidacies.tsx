import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Mes candidatures">{null}</Page>;
}
