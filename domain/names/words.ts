/** A word as the lists below have it: lower case, without dots. */
export const bare = (word: string): string => word.toLowerCase().replaceAll('.', '');

export const PREFIXES = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'dr',
  'rev',
  'fr',
  'hon',
  'prof',
  'sr',
  'sra',
  'srta',
]);
export const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'v', '2nd', '3rd', 'esq', 'md', 'phd', 'dds', 'cpa']);
/** Words that belong to the last name that follows them. */
export const PARTICLES = new Set([
  ...['de', 'del', 'della', 'der', 'den', 'di', 'da', 'dos', 'das', 'du', 'la', 'las', 'le', 'los', 'van', 'von'],
  ...['ter', 'ten', 'zu', 'bin', 'ibn', 'al', 'el', 'st', 'mc', "o'", 'o’', "d'", 'd’'],
]);

/** Legal forms: whatever stands before them is no person. */
export const LEGAL_FORMS = new Set([
  ...['llc', 'inc', 'incorporated', 'corp', 'corporation', 'co', 'company', 'ltd', 'limited', 'llp', 'lllp', 'lp'],
  ...['pllc', 'plc', 'pc', 'gmbh', 'hoa', 'poa', 'dba'],
]);
/** What organizations call themselves; each is also some people's name, so a title or a comma speaks for a person. */
export const ORGANIZATION_WORDS = new Set([
  ...['bank', 'church', 'chapel', 'ministries', 'parish', 'diocese', 'synagogue', 'mosque', 'school', 'schools'],
  ...['university', 'college', 'academy', 'district', 'department', 'authority', 'agency', 'municipality', 'library'],
  ...['hospital', 'clinic', 'pharmacy', 'trust', 'estates', 'association', 'assn', 'assoc', 'associates', 'foundation'],
  ...['society', 'club', 'lodge', 'union', 'cooperative', 'coop', 'apartments', 'apts', 'condominiums', 'condos'],
  ...['properties', 'property', 'rentals', 'realty', 'housing', 'homeowners', 'management', 'holdings', 'investments'],
  ...['ventures', 'partners', 'partnership', 'enterprises', 'industries', 'group', 'services', 'solutions', 'systems'],
  ...['construction', 'plumbing', 'heating', 'roofing', 'landscaping', 'builders', 'contractors', 'farms', 'ranch'],
  ...['store', 'stores', 'market', 'grocery', 'restaurant', 'cafe', 'café', 'grill', 'bakery', 'brewery', 'motel'],
  ...['hotel', 'laundromat', 'cleaners', 'salon', 'studio', 'theater', 'theatre', 'sons', 'bros', 'brothers'],
]);
/** First words that name a body and what it is of. */
export const OF_HEADS = new Set([
  ...['city', 'town', 'village', 'county', 'state', 'township', 'borough', 'estate', 'church', 'bank', 'department'],
  ...['university', 'board', 'diocese', 'order', 'house'],
]);
