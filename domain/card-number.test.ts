import { holdsCardNumber } from './card-number';

describe('a payment card number in a text', () => {
  it.each(['4111111111111111', 'card 4111 1111 1111 1111, thanks', '4111-1111-1111-1111', '5500 000000 000004'])(
    'is found: %s',
    (text) => expect(holdsCardNumber(text)).toBe(true),
  );

  it('is found beside other numbers', () => {
    expect(holdsCardNumber('12 4111 1111 1111 1111 99')).toBe(true);
    expect(holdsCardNumber('exp 12-30\n4111111111111111')).toBe(true);
  });

  it('is not a number that fails the check, a shorter or a longer one', () => {
    expect(holdsCardNumber('4111111111111112')).toBe(false);
    expect(holdsCardNumber('call 555-0147, account A0000123')).toBe(false);
    expect(holdsCardNumber('0'.repeat(20))).toBe(false);
    expect(holdsCardNumber('read 001234 on 2026-11-24, meter M-900001')).toBe(false);
  });
});
