import { refuseCorrection } from './refuse-correction';

it('rule 20: corrects a final bill in force and no other', () => {
  expect(refuseCorrection({ kind: 'FINAL', status: 'POSTED' })).toBeNull();
  expect(refuseCorrection({ kind: 'FINAL', status: 'CANCELED' })?.code).toBe('BILL_CANCELED');
  expect(refuseCorrection({ kind: 'REGULAR', status: 'POSTED' })?.code).toBe('NOT_FINAL_BILL');
});
