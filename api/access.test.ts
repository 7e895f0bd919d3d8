import { type ROLES } from '../domain/roles';
import { ACCESS, accessOf, assertComplete, mayUse, type RouteName } from './access';

const NAMES = Object.keys(ACCESS) as RouteName[];

describe('the access table', () => {
  it('fits routes that it names one to one', () => {
    expect(() => assertComplete(NAMES)).not.toThrow();
  });

  it('fails for a route that it does not name, a name without a route, and a route defined twice', () => {
    expect(() => assertComplete([...NAMES, 'GET /secrets' as RouteName])).toThrow('GET /secrets has no entry');
    expect(() => assertComplete(NAMES.filter((name) => name !== 'GET /me'))).toThrow('GET /me, which does not exist');
    expect(() => assertComplete([...NAMES, 'GET /me'])).toThrow('GET /me is defined twice');
    expect(() => accessOf('toString' as RouteName)).toThrow('no entry');
  });

  it('lets nobody but an operator repair a case, and an operator neither approve nor see customers', () => {
    const usedBy = (role: (typeof ROLES)[number]) =>
      NAMES.filter((name) => Array.isArray(ACCESS[name]) && mayUse(ACCESS[name], [role]));
    expect(usedBy('operator')).toEqual([
      'GET /cases',
      'GET /cases/{caseId}',
      'POST /cases/{caseId}/incident',
      'GET /cases/{caseId}/timeline',
    ]);
    // The series of the numbers is the administrator's; who has which is not.
    expect(usedBy('admin').filter((name) => /cases|tasks|orders|accounts|customers/.test(name))).toEqual([
      'GET /customers/next-number',
      'PUT /customers/next-number',
    ]);
    expect(usedBy('field').every((name) => name.includes('service-orders'))).toBe(true);
  });

  it('keeps public what has to be, and nothing else', () => {
    expect(NAMES.filter((name) => mayUse(ACCESS[name], null))).toEqual([
      'POST /tokens',
      'POST /session',
      'GET /openapi.json',
      'GET /healthz',
      'GET /readyz',
    ]);
  });
});
