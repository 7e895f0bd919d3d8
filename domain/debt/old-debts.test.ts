import { weighDebts, type DebtPolicy, type DebtRelation, type OldDebt } from './old-debts';

const policy: Record<DebtRelation, DebtPolicy> = {
  ...{ SAME_CUSTOMER: 'APPROVE', MASTER_CONTACT: 'BLOCK', COSIGNER: 'APPROVE' },
  ...{ LOCATION: 'IGNORE', LIKELY_DUPLICATE: 'WARN' },
};
const debt = (accountNumber: string, relation: DebtRelation): OldDebt => ({ accountNumber, relation, owedCents: 500 });

describe('rule 18: an old debt', () => {
  it('does what policy says of the relation, the strictest first', () => {
    const weighed = weighDebts(
      [debt('A1', 'LIKELY_DUPLICATE'), debt('A2', 'SAME_CUSTOMER'), debt('A3', 'MASTER_CONTACT')],
      policy,
    );
    expect(weighed.map((each) => [each.accountNumber, each.policy])).toEqual([
      ['A3', 'BLOCK'],
      ['A2', 'APPROVE'],
      ['A1', 'WARN'],
    ]);
  });

  it('of the place is not the newcomer’s, unless policy says so', () => {
    expect(weighDebts([debt('A1', 'LOCATION')], policy)).toEqual([]);
    expect(weighDebts([debt('A1', 'LOCATION')], { ...policy, LOCATION: 'WARN' })).toHaveLength(1);
  });

  it('that is found twice counts once, by the strictest relation', () => {
    const twice = [debt('A1', 'LIKELY_DUPLICATE'), debt('A1', 'COSIGNER')];
    expect(weighDebts(twice, policy)).toEqual([{ ...debt('A1', 'COSIGNER'), policy: 'APPROVE' }]);
    expect(weighDebts([debt('A1', 'LOCATION'), debt('A1', 'COSIGNER')], policy)).toHaveLength(1);
  });
});
