import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '@temporalio/client';
import pino from 'pino';
import { allRoutes } from '../../../api/routes';
import { createApi, type ApiDeps } from '../../../api/create-api';
import type { Route } from '../../../api/route';
import { problem } from '../../../api/schemas/common';
import { sha256 } from '../../../db/canonical';
import type { Db } from '../../../db/create-db';
import { openSession } from '../../../db/records/sessions';
import { inTransaction } from '../../../db/transaction';
import type { Role } from '../../../domain/roles';

/** What a test sends beside method and path. */
export interface Sent {
  token?: string | null;
  body?: unknown;
  key?: string;
  headers?: Record<string, string>;
}

/** An answer, already checked against the schema that the OpenAPI document gives for it. */
export interface Answered {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  body: any;
  headers: Headers;
}

/** The API on a port of its own. */
export type TestApi = Awaited<ReturnType<typeof testApi>>;

/** Serves the API on this database and Temporal client. */
export async function testApi(given: { db: Db; client: Client; taskQueue?: string } & Partial<ApiDeps>) {
  const { db, client, taskQueue, ...more } = given;
  const config = {
    production: false,
    allowedOrigin: 'http://office.test',
    temporalUiUrl: 'http://ui.test',
    namespace: 'default',
  };
  const deps: ApiDeps = { db, temporal: client, taskQueue, config, logger: pino({ level: 'silent' }), ...more };
  let server = await listening(deps, 0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const routes = allRoutes(deps);

  async function call(method: string, path: string, sent: Sent = {}): Promise<Answered> {
    const { token, body, key, headers } = sent;
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method === 'POST' && { 'idempotency-key': key ?? randomBytes(8).toString('hex') }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const type = response.headers.get('content-type') ?? '';
    // It would never end.
    if (type.startsWith('text/event-stream')) await response.body?.cancel();
    const text = response.bodyUsed ? '' : await response.text();
    const isJson = type.includes('json');
    const answered = {
      status: response.status,
      body: isJson ? (JSON.parse(text) as unknown) : text,
      headers: response.headers,
    };
    conforms(routes, method, path, answered);
    return answered;
  }

  /** A token of this user, without the password in between. */
  async function signedIn(userId: number): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await inTransaction(db, userId, (tx) => openSession(tx, userId, { tokenHash: sha256(token), lifeMs: 3_600_000 }));
    return token;
  }

  /** A token of each of these users, under the same names. */
  async function allSignedIn<Name extends string>(ids: Record<Name, number>): Promise<Record<Name, string>> {
    const names = Object.keys(ids) as Name[];
    const tokens = await Promise.all(names.map(async (name) => [name, await signedIn(ids[name])]));
    return Object.fromEntries(tokens) as Record<Name, string>;
  }

  return {
    url,
    deps,
    call,
    signedIn,
    allSignedIn,
    get: (path: string, token?: string | null) => call('GET', `/api/v1${path}`, { token }),
    post: (path: string, body: unknown, token?: string | null, key?: string) =>
      call('POST', `/api/v1${path}`, { body, token, key }),
    /** Stops listening and cuts every connection, as a process that ends; `start` listens on the same port again. */
    stop: () => ended(server),
    async start(): Promise<void> {
      server = await listening(deps, port);
    },
    close: () => ended(server),
  };
}

async function listening(deps: ApiDeps, port: number): Promise<Server> {
  const server: Server = createApi(deps).listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return server;
}

function ended(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Adds a user with these roles. */
export async function addUser(
  db: Db,
  username: string,
  roles: Role[],
  passwordHash: string | null = null,
): Promise<number> {
  return inTransaction(db, 1, async (tx) => {
    const user = await tx.db.AppUser.create({ username, displayName: username, passwordHash, createdAt: tx.now });
    await tx.db.UserRole.bulkCreate(roles.map((role) => ({ userId: user.id, role })));
    return user.id;
  });
}

// What is answered is what the document says: the route's schema, or a problem.
function conforms(routes: Route[], method: string, path: string, { status, body, headers }: Answered): void {
  if (status >= 400) {
    expect(headers.get('content-type')).toContain('application/problem+json');
    problem.parse(body);
    return;
  }
  const name = `${method} ${path.replace('/api/v1', '').split('?')[0]}`;
  const route = routes.find((each) => patternOf(each.name).test(name));
  if (!route) return;
  const answer = route.answers[status];
  if (!answer) throw new Error(`${name} answered ${status}, which its document does not name`);
  const isFile = answer.csv && headers.get('content-type')?.startsWith('text/csv');
  (isFile ? answer.csv : answer.schema)?.parse(body);
}

const patternOf = (name: string): RegExp =>
  new RegExp(`^${name.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
