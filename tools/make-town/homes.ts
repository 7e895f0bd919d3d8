import { CYCLES, type Cycle } from './calendar';
import { chance, pick, shuffle, type Random } from './random';
import { SHOPS, STREETS } from './words';

/** One place of the town. */
export interface Home {
  /** From 0; its location number is one more. */
  index: number;
  line1: string;
  line2: string | null;
  cycle: Cycle;
  kind: 'HOUSE' | 'FLAT' | 'SHOP';
  /** The landlord's place among the landlords; null where the owner lives, or where no landlord is known. */
  landlord: number | null;
  rented: boolean;
  shop: string | null;
}

interface Block {
  kind: Home['kind'];
  places: number;
  landlord: number | null;
  rented: boolean;
}

export const landlordsIn = (locations: number): number => Math.max(4, Math.round(locations * 0.12));

/** Lays out streets of houses, blocks of flats and shops; the first block is the one that the demo begins in. */
export function layOut(random: Random, locations: number): Home[] {
  const homes: Home[] = [];
  const first: Block = { kind: 'FLAT', places: 6, landlord: 0, rented: true };
  const blocks = [first, ...shuffle(random, blocksOf(random, locations - first.places))];
  for (const [i, block] of blocks.entries()) build(random, homes, block, i, blocks.length);
  return homes;
}

/** A landlord in two owns one house, firms own blocks of flats, the first of them many. */
function blocksOf(random: Random, places: number): Block[] {
  const landlords = landlordsIn(places + 6);
  const firms = Math.ceil(landlords / 4);
  const blocks: Block[] = [];
  for (let i = 0; i < Math.round(places / 23); i++) {
    const landlord = i % 4 === 0 ? 0 : 1 + (i % Math.max(firms - 1, 1));
    blocks.push({ kind: 'FLAT', places: random(4, 9), landlord, rented: true });
  }
  for (let i = 0; i < Math.round(places * 0.15); i++) {
    const landlord = i % 25 === 24 ? null : 1 + (i % (landlords - 1));
    blocks.push({ kind: 'HOUSE', places: 1, landlord, rented: true });
  }
  for (let i = 0; i < Math.round(places * 0.04); i++)
    blocks.push({ kind: 'SHOP', places: 1, landlord: null, rented: false });
  const built = blocks.reduce((sum, block) => sum + block.places, 0);
  for (let i = built; i < places; i++) blocks.push({ kind: 'HOUSE', places: 1, landlord: null, rented: false });
  return cut(blocks, places);
}

/** Small towns would get more flats than places. */
function cut(blocks: Block[], places: number): Block[] {
  let left = places;
  return blocks.flatMap((block) => {
    const fitting = Math.min(block.places, left);
    left -= fitting;
    return fitting > 0 ? [{ ...block, places: fitting }] : [];
  });
}

function build(random: Random, homes: Home[], block: Block, i: number, blocks: number): void {
  const perStreet = Math.ceil(blocks / STREETS.length);
  const street = STREETS[Math.floor(i / perStreet)] ?? 'Long Road';
  const line1 = `${(i % perStreet) * 8 + random(1, 4) * 2 + 200} ${street}`;
  const cycle = CYCLES[Math.floor((i * CYCLES.length) / blocks)] ?? 'C1';
  const { kind, landlord, rented } = block;
  const word = chance(random, 80) ? 'Apt' : 'Unit';
  for (let flat = 1; flat <= block.places; flat++) {
    const index = homes.length;
    const line2 = kind === 'FLAT' ? `${word} ${flat}` : null;
    const shop = kind === 'SHOP' ? shopAt(random, index) : null;
    homes.push({ index, line1, line2, cycle, kind, landlord, rented, shop });
  }
}

const shopAt = (random: Random, index: number): string => {
  const name = pick(random, SHOPS);
  return index % 3 === 0 ? name : `${name} No. ${random(2, 9)}`;
};
