import { Page } from '../ui/Page';

export function Home() {
  return <Page title="Renfort">{null}</Page>;
}
