import { Children, cloneElement, isValidElement, type ReactElement, type ReactNode } from 'react';

/** French spacing: no line breaks before « : ; ? ! », inside « … », or between a figure and its unit. */
export function spacedText(text: string): string {
  return text
    .replace(/ ([;?!%])/g, '\u202f$1')
    .replace(/ (:|»)/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0')
    .replace(/(\d) (Mo|h|kB|km|min)\b/g, '$1\u00a0$2');
}

/** Running text; what is written below with plain spaces is given its no-break ones. */
export function Prose({ children }: { children: ReactNode }) {
  return <div className="prose">{spaced(children)}</div>;
}

function spaced(node: ReactNode): ReactNode {
  return Children.map(node, (child) => {
    if (typeof child === 'string') {
      return spacedText(child);
    }
    if (!isValidElement(child)) {
      return child;
    }
    const element = child as ReactElement<{ children?: ReactNode }>;
    return element.props.children === undefined
      ? element
      : cloneElement(element, {}, spaced(element.props.children));
  });
}
