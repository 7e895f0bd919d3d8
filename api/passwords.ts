import { hash, verify } from '@node-rs/argon2';

// The package's default algorithm is argon2id.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

let dummy: Promise<string> | undefined;

/** Whether the password is the one of this hash; without a hash it takes as long, and is not. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword('no user has this password');
  const matches = await verify(stored ?? (await dummy), password);
  return matches && stored !== null;
}
