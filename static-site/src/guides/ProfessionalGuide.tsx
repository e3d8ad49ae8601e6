import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Guide des professionnels">{null}</Page>;
}
