/** A demo user. */
export interface Login {
  username: string;
  password: string;
  roles: string[];
}

interface Ready {
  consoleUrl: string;
  uiUrl: string | undefined;
  logins: Login[];
  worker: boolean;
}

/** What to open and who to be, once everything runs. */
export function readyMessage({ consoleUrl, uiUrl, logins, worker }: Ready): string {
  const widest = Math.max(...logins.map(({ username }) => username.length), 0);
  return [
    '',
    'Keyturn runs.',
    `  Console and API   ${consoleUrl}`,
    `  API documents     ${consoleUrl}/api/docs`,
    `  Temporal UI       ${uiUrl ?? 'the one of your cluster'}`,
    ...(worker ? [] : ['  There is no worker: cases wait until one comes.']),
    ...(logins.length > 0 ? ['', 'Demo logins (user / password: roles)'] : []),
    ...logins.map(({ username, password, roles }) => `  ${username.padEnd(widest)} / ${password}: ${roles.join(', ')}`),
    '',
    'Ctrl+C stops everything; the next start finds all cases where they were.',
  ].join('\n');
}
