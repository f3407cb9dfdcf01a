import { Fragment } from 'react';

export interface FilledProps {
  template: string;
  params: Readonly<Record<string, string | number>>;
}

/** A sentence with its parameters filled in as plain text, each apart from the direction of the text around it. */
export function Filled({ template, params }: FilledProps) {
  const parts = template.split(/\{(\w+)\}/g);
  return parts.map((part, index) => {
    const key = `${index}-${part}`;
    if (index % 2 === 0) return <Fragment key={key}>{part}</Fragment>;
    return <bdi key={key}>{Object.hasOwn(params, part) ? params[part] : `{${part}}`}</bdi>;
  });
}
