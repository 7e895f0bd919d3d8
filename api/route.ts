import type { z } from 'zod';
import { accessOf, type RouteName } from './access';
import type { Credential } from './authenticate';
import type { Actor } from './deps';

/** What a request is answered with. */
export interface Answer {
  status: number;
  /** A stream of text for a file that is not held whole. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Of a body that is a text and not JSON. */
  type?: 'text/csv' | 'text/html' | 'text/event-stream' | 'application/pdf';
}

/** A request that passed access, Idempotency-Key and schemas. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  route: RouteName;
  params: P;
  query: Q;
  body: B;
  /** Who asks; on a public route nobody, who has no roles and acts as the system. */
  actor: Actor;
  /** The Idempotency-Key of a POST, and the hash of what it came with. */
  key: string;
  bodyHash: string;
  requestId: string;
  /** What the request came with: on a public route as it was sent, unchecked. */
  credential: Credential | null;
  ifMatch: string | undefined;
  lastEventId: string | undefined;
}

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  name: RouteName;
  tag: string;
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Schema of each answer that is no problem; null for one without a body. `csv` where it may be asked for as a file too. */
  answers: Record<number, { description: string; schema: z.ZodType | null; type?: Answer['type']; csv?: z.ZodType }>;
  /** Needs an If-Match header. */
  ifMatch?: true;
  /** A screen asks for it by itself, so that asking is no use of a session. */
  byItself?: true;
  /** May have a body of the size of a chunk. */
  large?: true;
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer>;
}

/** A route with the types of its request erased: what mount.ts and openapi.ts work on. */
export type Route = Omit<RouteSpec<z.ZodType, z.ZodType, z.ZodType>, 'handle'> & {
  handle(call: Call): Promise<Answer>;
};

/** Defines a route; the schemas that parse its requests are those of the OpenAPI document. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(spec: RouteSpec<P, Q, B>): Route {
  return spec as unknown as Route;
}

/** Method and path of a route's name. */
export function methodAndPath(name: RouteName): { method: 'get' | 'post' | 'put' | 'patch' | 'delete'; path: string } {
  const [method, path] = name.split(' ') as [string, string];
  return { method: method.toLowerCase() as 'get', path };
}

/** Needs an Idempotency-Key: every POST of somebody who is signed in. */
export const needsKey = (name: RouteName): boolean => name.startsWith('POST ') && accessOf(name) !== 'PUBLIC';

export const ok = (body: unknown, headers?: Record<string, string>): Answer => ({ status: 200, body, headers });
