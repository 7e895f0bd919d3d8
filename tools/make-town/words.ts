/** Names that together are nobody's, for people, streets and firms. */
const list = (words: string): string[] => words.split(' ');

export const FIRST_NAMES = list(
  'Abigail Amos Anselm Beatriz Bram Callum Carmen Darnell Dalia Eleanor Emeka Fatima Felix Giulia Guadalupe Harold ' +
    'Hana Ivan Imogen Josephine Jonas Kenji Kwame Lars Leocadia Mei-Lin Milo Nadia Nils Odessa Omar Priya Paloma ' +
    'Quentin Rosalind Rafael Saoirse Silas Tobias Thandi Ursula Ulrich Vesna Viktor Wendell Willa Xiomara Yusuf Yara Zora',
);
export const LAST_NAMES = list(
  'Acheampong Amaral Ashdown Bellweather Brandvold Castellanos Cavanagh Dimitrov Delgado-Pratt Eberhart Escalante ' +
    'Farrow Fenwick Gallagher Gunderson Haddad Hollowell Iwata Ingersoll Jankowski Juarez Kettleby Kowalczyk Lindqvist ' +
    'Lovelace Merriweather Morimoto Nakamura Nwosu Okafor Osterhagen Petrosyan Pemberton Quillfeather Quesada Raman ' +
    'Rookwood Serrano Stonebridge Trevino Thistlewood Umarov Underhill Vasquez Vandermeer Whitcomb Winterbourne Xiong ' +
    'Yarborough Yilmaz Zhao Zimmerwald',
);
export const STREETS = [
  ...['Alder Street', 'Canal Row', 'Quarry Road', 'Orchard Lane', 'Mill Pond Drive', 'Schoolhouse Road'],
  ...['Bell Tower Court', 'Larkspur Way', 'Foundry Street', 'Heron Bend', 'Granary Avenue', 'Tinker Hill Road'],
  ...['Windmill Lane', 'Copperleaf Drive', 'Ferry Landing', 'Juniper Terrace', 'Saddler Street', 'Old Depot Road'],
  ...['Quince Court', 'Meadowgate', 'Sawmill Run', 'Lantern Hill', 'Chestnut Row', 'Reservoir Road', 'Weaver Lane'],
];
export const FIRMS = [
  ...['Juniper Ridge Properties LLC', 'Tallgrass Rentals LLC', 'Three Rivers Homes Inc', 'Bluestem Holdings LLC'],
  ...['Old Mill Apartments LP', 'Northgate Flats LLC', 'Harvest Moon Realty Inc', 'Copper Kettle Estates LLC'],
];
export const SHOPS = [
  ...['Millbrook Bakery', 'Foundry Street Hardware', 'Heron Bend Clinic', 'The Lantern Cafe', 'Canal Row Laundry'],
  ...['Millbrook Free Library', 'Quarry Road Garage', 'St. Brendan Church', 'Depot Grocery', 'Weaver Dental Office'],
  ...['Tinker Bicycle Works', 'Orchard Lane School', 'Reservoir Brewing', 'Meadowgate Nursery', 'Sawmill Joinery'],
];
export const PURPOSES = ['home', 'mobile', 'work'];

/** Everybody and everything of the town is in one city; the postal code is nobody's. */
export const CITY = { city: 'Millbrook', state: 'CO', postalCode: '80000' } as const;
/** Where people go who leave, and where some spend the winter. */
export const ELSEWHERE = [
  { line1: '77 Harbor Street', city: 'Port Callis', state: 'OR', postalCode: '97000' },
  { line1: '1210 Prairie View', city: 'Garnet Falls', state: 'NE', postalCode: '68000' },
  { line1: '9 Lighthouse Lane', city: 'Westering', state: 'WA', postalCode: '98000' },
] as const;
export const SOUTH = [
  { line1: '402 Saguaro Circle', city: 'Dry Wells', state: 'AZ', postalCode: '85000' },
  { line1: '18 Pelican Court', city: 'Cayo Verde', state: 'FL', postalCode: '33000' },
] as const;
