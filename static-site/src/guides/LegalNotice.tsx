import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Mentions légales">{null}</Page>;
}
