import { fillInOrder } from './receive';

it('fills what was asked for first before the next gets a cent', () => {
  expect(fillInOrder(150, [100, 80, 10])).toEqual([100, 50, 0]);
  expect(fillInOrder(190, [100, 80, 10])).toEqual([100, 80, 10]);
  expect(() => fillInOrder(191, [100, 80, 10])).toThrow(RangeError);
});
