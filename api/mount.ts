import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import type { z } from 'zod';
import { hashOf } from '../db/canonical';
import { RefusedError } from '../db/errors';
import { accessOf, mayUse } from './access';
import { authenticate, credentialIn, NOBODY, type Credential } from './authenticate';
import type { Actor, ApiDeps } from './deps';
import { assertOwnPage, jsonOnly } from './hardening';
import { LIMITS } from './limits';
import { problemOf } from './problem';
import type { rateLimits } from './rate-limits';
import { methodAndPath, needsKey, type Answer, type Route } from './route';
import { noFields } from './schemas/common';

/** Puts a route on a router: access first, then limits, then the body, then the schemas, then the route itself. */
export function mount(router: Router, route: Route, deps: ApiDeps, limits: ReturnType<typeof rateLimits>): void {
  const { method, path } = methodAndPath(route.name);
  const before: RequestHandler[] = [guard(route, deps)];
  if (method !== 'get') {
    before.push(accessOf(route.name) === 'PUBLIC' ? limits.signIn : limits.writes);
    const limit = route.large ? LIMITS.chunkSize : LIMITS.bodySize;
    before.push(jsonOnly, express.json({ limit, type: 'application/json' }));
  }
  router[method](path.replaceAll(/\{(\w+)\}/g, ':$1'), ...before, async (req, res) => {
    const answer = await answerTo(route, req, res);
    if (answer.body instanceof Readable) await sendParts(res, answer, answer.body);
    else send(res, answer);
  });
}

/** Lets nobody pass whom the access table does not name. */
function guard(route: Route, deps: ApiDeps): RequestHandler {
  const access = accessOf(route.name);
  return async (req, res, next) => {
    const credential = credentialIn(req, deps.config.production);
    if (credential?.by === 'cookie' && req.method !== 'GET') assertOwnPage(req, deps.config.allowedOrigin);
    const isUse = !route.byItself && req.headers['x-background'] === undefined;
    const actor = access === 'PUBLIC' ? NOBODY : await authenticate(deps, credential, { isUse });
    if (!mayUse(access, actor.roles)) throw new RefusedError({ code: 'ROLE', message: 'Your roles do not allow this' });
    Object.assign(res.locals, { actor, credential });
    next();
  };
}

/** What is known of a request that its guard let pass. */
interface Passed {
  actor: Actor;
  credential: Credential | null;
  requestId: string;
}

async function answerTo(route: Route, req: Request, res: Response): Promise<Answer> {
  const { actor, credential, requestId } = res.locals as Passed;
  const key = needsKey(route.name) ? idempotencyKey(req) : '';
  const params = (route.params ?? noFields).safeParse(req.params);
  // An id that cannot be one is an id that nothing has.
  if (!params.success) throw new RefusedError({ code: 'NOT_FOUND', message: 'There is no such thing' });
  const query = (route.query ?? noFields).parse(req.query);
  const body = parsedBody(route.body ?? noFields, req);
  const ifMatch = req.headers['if-match'];
  if (route.ifMatch && !ifMatch) {
    throw new RefusedError({ code: 'PRECONDITION_REQUIRED', message: 'Send the ETag that was read as If-Match' });
  }
  const bodyHash = hashOf({ params: params.data, body });
  return route.handle({
    route: route.name,
    params: params.data,
    query,
    body,
    actor,
    key,
    bodyHash,
    requestId,
    credential,
    ifMatch,
    lastEventId: req.get('last-event-id'),
  });
}

function parsedBody(schema: z.ZodType, req: Request): unknown {
  if (req.method === 'GET') return {};
  const body: unknown = req.body ?? {};
  const message = `Lists and objects may lie in each other up to ${LIMITS.bodyDepth} times`;
  if (isDeeper(body, LIMITS.bodyDepth)) throw new RefusedError({ code: 'MALFORMED', message, pointer: '#' });
  return schema.parse(body);
}

// A schema that names itself goes as deep as the body does, and the stack ends before the body must.
const isDeeper = (value: unknown, most: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (most === 0 || Object.values(value).some((each) => isDeeper(each, most - 1)));

function idempotencyKey(req: Request): string {
  const key = req.headers['idempotency-key'];
  if (typeof key === 'string' && key.length > 0 && key.length <= LIMITS.idempotencyKeyLength) return key;
  const message = `Send an Idempotency-Key of 1 to ${LIMITS.idempotencyKeyLength} characters`;
  throw new RefusedError({ code: 'IDEMPOTENCY_KEY_MISSING', message });
}

/** Answers what no route answers, and every error, as a problem. */
export function problems(log: (error: unknown, requestId: string) => void): [RequestHandler, ErrorRequestHandler] {
  const unknown: RequestHandler = () => {
    throw new RefusedError({ code: 'NOT_FOUND', message: 'There is no such thing' });
  };
  const failed: ErrorRequestHandler = (error, _req, res, next) => {
    const id = String(res.locals.requestId);
    const problem = problemOf(error, id);
    if (problem.status >= 500) log(error, id);
    if (res.headersSent) return next(error);
    send(res, problem);
  };
  return [unknown, failed];
}

function send(res: Response, { status, body, headers = {}, type }: Answer): void {
  res.status(status).set(headers);
  if (body === undefined) return void res.end();
  if (type) return void res.type(type).send(body);
  res.type(status >= 400 ? 'application/problem+json' : 'application/json');
  res.send(JSON.stringify(body));
}

/** An error in the middle cuts the connection: half a file must not look whole. */
async function sendParts(
  res: Response,
  { status, headers = {}, type = 'text/csv' }: Answer,
  body: Readable,
): Promise<void> {
  res.status(status).set(headers).type(type);
  try {
    await pipeline(body, res);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
