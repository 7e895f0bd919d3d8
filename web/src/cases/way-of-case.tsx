import type { Schema } from '../api/client';
import { words } from '../kit/format';
import { USUAL_WAY } from './case-words';
import classes from './case.module.css';

/** The states of a case as a line: those it went through, the one it is in, and those that usually follow. */
export function WayOfCase({ theCase }: { theCase: Schema<'CaseDetail'> }) {
  const { step: now, status, type, events } = theCase;
  const gone = [...new Set(events.map(({ toStep }) => toStep))].filter((step) => step !== now);
  const usual = USUAL_WAY[type] ?? [];
  const follows = status === 'OPEN' ? usual.slice(usual.indexOf(now) + 1).filter((step) => !gone.includes(step)) : [];
  return (
    <ol className={classes.way} aria-label="States of the case">
      {gone.map((step) => (
        <li key={step} data-state="gone">
          {words(step)}
        </li>
      ))}
      <li data-state={status === 'INCIDENT' ? 'incident' : 'now'} aria-current="step">
        {words(now)}
      </li>
      {follows.map((step) => (
        <li key={step} data-state="next">
          {words(step)}
        </li>
      ))}
    </ol>
  );
}
