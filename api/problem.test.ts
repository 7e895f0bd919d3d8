import { ApplicationFailure } from '@temporalio/common';
import { ConnectionRefusedError, DatabaseError, UniqueConstraintError } from 'sequelize';
import { z } from 'zod';
import { refused } from '../contract/failure';
import { RefusedError } from '../db/errors';
import { problemOf, statusOf } from './problem';
import { refusalIn, TemporalUnavailable } from '../carry-out/ask-case';

const problem = (error: unknown) => problemOf(error, 'req_1');

describe('a problem', () => {
  it('bears the code of a refusal, its field and the records it names', () => {
    const refusal = { code: 'CASE_OPEN', message: 'There is an open case', pointer: '#/accountNumber' };
    expect(problem(new RefusedError(refusal, { caseId: 'moveout-1' }))).toEqual({
      status: 409,
      headers: {},
      body: {
        type: 'urn:keyturn:problem:case-open',
        title: 'Conflict',
        status: 409,
        detail: 'There is an open case',
        code: 'CASE_OPEN',
        errors: [{ pointer: '#/accountNumber', detail: 'There is an open case' }],
        details: { caseId: 'moveout-1' },
        requestId: 'req_1',
      },
    });
  });

  it('is 422 for a business rule that no status is named for', () => {
    expect(statusOf('READ_BELOW_LAST')).toBe(422);
    expect(statusOf('constructor')).toBe(422);
  });

  it('points at every field at fault, escaped as a JSON pointer', () => {
    const schema = z.strictObject({ a: z.strictObject({ 'x/y~z': z.int() }) });
    const found = schema.safeParse({ a: { 'x/y~z': 'no', more: 1 }, b: 2 });
    const { body } = problem(found.error);
    expect(body.code).toBe('MALFORMED');
    expect(body.errors.map(({ pointer }) => pointer).sort()).toEqual(['#/a/more', '#/a/x~1y~0z', '#/b']);
  });

  it('is 503 with the time to wait when the database or Temporal is away', () => {
    const away = new ConnectionRefusedError(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    for (const error of [away, new TemporalUnavailable()]) {
      expect(problem(error)).toMatchObject({
        status: 503,
        headers: { 'Retry-After': '2' },
        body: { code: 'UNAVAILABLE' },
      });
    }
  });

  it('says nothing of what went wrong inside', () => {
    const sql = Object.assign(new Error("Duplicate entry 'Quackenbush' for key 'x'"), {
      errno: 1062,
      sql: 'INSERT INTO customer',
    });
    const errors = [
      new DatabaseError(sql as never),
      new UniqueConstraintError({ parent: sql as never }),
      new TypeError("Cannot read 'Quackenbush'"),
      'Quackenbush',
      null,
    ];
    for (const error of errors) {
      expect(problem(error)).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
      expect(JSON.stringify(problem(error))).not.toMatch(/Quackenbush|INSERT/);
    }
  });
});

describe('a refusal in a Temporal failure', () => {
  it('is its type, wherever it is wrapped, with its pointer', () => {
    const inner = refused({ code: 'STOP_TOO_FAR_BACK', message: 'Too far', pointer: '#/stopDate' });
    const found = refusalIn(new Error('wrapped', { cause: inner }));
    expect(problem(found).body).toMatchObject({
      status: 422,
      code: 'STOP_TOO_FAR_BACK',
      errors: [{ pointer: '#/stopDate', detail: 'Too far' }],
    });
    expect(problem(found).body).not.toHaveProperty('details');
  });

  it('is none for faults of the system, or of Temporal itself', () => {
    for (const type of ['UNEXPECTED', 'OUTAGE', 'AcceptedUpdateCompletedWorkflow', 'TypeError']) {
      expect(refusalIn(ApplicationFailure.nonRetryable('x', type))).toBeNull();
    }
    expect(refusalIn(undefined)).toBeNull();
  });
});
