import { endOfVersion, refuseNeighbours } from './refuse-neighbours';

const published = [{ effectiveFrom: '2025-01-01', effectiveTo: '2026-01-01' }, { effectiveFrom: '2027-01-01' }];

describe('a version beside the published ones', () => {
  it('gives each day one price at most', () => {
    expect(refuseNeighbours({ effectiveFrom: '2026-01-01', effectiveTo: '2027-01-01' }, published)).toEqual([]);
    expect(refuseNeighbours({ effectiveFrom: '2026-01-01' }, published)).toEqual([]);
    expect(refuseNeighbours({ effectiveFrom: '2025-06-01', effectiveTo: '2027-06-01' }, published)).toMatchObject([
      { code: 'RATE_OVERLAP', pointer: '/effectiveFrom' },
      { code: 'RATE_OVERLAP', pointer: '/effectiveTo' },
    ]);
  });

  it('applies until its own end, else until the next one', () => {
    expect(endOfVersion({ effectiveFrom: '2026-01-01' }, published)).toBe('2027-01-01');
    expect(endOfVersion({ effectiveFrom: '2026-01-01', effectiveTo: '2026-06-01' }, published)).toBe('2026-06-01');
    expect(endOfVersion({ effectiveFrom: '2028-01-01' }, published)).toBeNull();
  });
});
