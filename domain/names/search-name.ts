import { foldName } from './fold';

/** The parts of a customer's name that a search looks through. */
export const SEARCHED_NAMES = [
  ...(['lastName', 'namePrefix', 'firstName', 'middleName', 'nameSuffix', 'organizationName'] as const),
  ...(['secondNamePrefix', 'secondFirstName', 'secondMiddleName', 'secondLastName', 'secondNameSuffix'] as const),
];

/** How much of it is kept; some letters become several. */
const LONGEST = 700;

/** What a customer is found by: every part of the name, folded. */
export const searchNameOf = (parts: Partial<Record<(typeof SEARCHED_NAMES)[number], string | null>>): string =>
  foldName(SEARCHED_NAMES.map((part) => parts[part] ?? '').join(' ')).slice(0, LONGEST);
