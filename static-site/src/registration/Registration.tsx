import { Page } from '../ui/Page';

export function Component() {
  return <Page title="Proposer mon aide">{null}</Page>;
}
