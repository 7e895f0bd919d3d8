import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** Facts as a list of terms and what they are; what is not known is said in words. */
export function Facts({ of }: { of: [term: string, fact: ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {of.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact === null || fact === undefined || fact === '' ? 'Not provided' : fact}</dd>
        </div>
      ))}
    </dl>
  );
}
