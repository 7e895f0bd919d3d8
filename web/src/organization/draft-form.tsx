import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { client, sent, type Schema } from '../api/client';
import { Problem } from '../api/problem';
import { ActForm, check } from '../kit/act-form';
import { DateInput } from '../kit/date-input';
import { civilDateOf, usDate } from '../kit/format';
import { faultAt, fieldId } from '../kit/problem-summary';
import type { operations } from '../../generated/api';

type Draft = operations['POSTRatesRateCodeVersions']['requestBody']['content']['application/json'];

interface DraftFormProps {
  rateCode: string;
  /** The version that it begins with. */
  from: Schema<'RateVersion'> | undefined;
  /** The draft itself is changed. */
  replaces?: boolean;
  onDone: () => void;
}

/** Writes a version as JSON; each problem that the server finds is said with its place in the text. */
export function DraftForm({ rateCode, from, replaces = false, onDone }: DraftFormProps) {
  const [on, setOn] = useState(replaces ? usDate(from?.effectiveFrom ?? '') : '');
  const [text, setText] = useState(JSON.stringify(from?.definition ?? { charges: [] }, null, 2));
  return (
    <ActForm
      submit={replaces ? 'Save the draft' : 'Draft the version'}
      done="The draft waits for somebody else to publish it"
      onDone={onDone}
      act={async (): Promise<unknown> => {
        const effectiveFrom = civilDateOf(on) ?? '';
        const definition = parsed(text);
        check({
          '#/effectiveFrom': !effectiveFrom && 'Give the day from which it applies',
          '#/text': definition === null && 'This is no JSON: look for a missing comma, quote or bracket',
        });
        try {
          if (!replaces || !from) {
            const body = { ...definition, effectiveFrom } as unknown as Draft;
            return await sent(client.POST('/rates/{rateCode}/versions', { params: { path: { rateCode } }, body }));
          }
          const params = { path: { rateCode, effectiveFrom }, header: { 'If-Match': `"${from.definitionHash}"` } };
          const body = definition as unknown as Draft;
          return await sent(client.PUT('/rates/{rateCode}/versions/{effectiveFrom}', { params, body }));
        } catch (error) {
          throw error instanceof Problem ? withPlaces(error) : error;
        }
      }}
    >
      {(error) => (
        <>
          <DateInput
            id={fieldId('#/effectiveFrom')}
            label="Applies from"
            readOnly={replaces}
            error={faultAt(error, '#/effectiveFrom')}
            value={on}
            onChange={setOn}
          />
          <Textarea
            id={fieldId('#/text')}
            label="Definition (JSON)"
            description="docs/rates.md says what each field means"
            autosize
            minRows={12}
            maxRows={28}
            spellCheck={false}
            styles={{ input: { fontFamily: 'monospace', fontSize: 13 } }}
            error={faultAt(error, '#/text')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </>
      )}
    </ActForm>
  );
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The problems of a definition lead to its text, each said with its place: "charges/0/tiers/1/rate: …". */
function withPlaces(problem: Problem): Problem {
  const errors = problem.faults.map((fault) =>
    fault.pointer === '#/effectiveFrom'
      ? fault
      : { ...fault, pointer: '#/text', detail: `${fault.pointer.replace('#/', '')}: ${fault.detail}` },
  );
  const { status, code, details, requestId } = problem;
  return new Problem(status, { detail: problem.message, code, details, errors, ...(requestId && { requestId }) });
}
