import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { accessOf, type Access } from './access';
import { LIMITS } from './limits';
import { registerNamed, withNulls } from './named-schemas';
import { methodAndPath, needsKey, ok, route, type Route } from './route';
import { problem } from './schemas/common';
import { openApiDocument } from './schemas/health';

/** The route that answers with the document of all routes, itself included. */
export function openApiRoute(others: Route[]): Route {
  let document: unknown;
  const itself: Route = route({
    name: 'GET /openapi.json',
    tag: 'Documentation',
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1', schema: openApiDocument } },
    handle: async () => ok((document ??= documentOf([...others, itself]))),
  });
  return itself;
}

/** The OpenAPI 3.1 document of the routes, made from the schemas that parse their requests. */
function documentOf(routes: Route[]) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  // In production its name is __Host-keyturn.
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'keyturn' });
  registerNamed(registry, routes.flatMap(schemasOf));
  for (const each of routes) registry.registerPath(pathOf(each));
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Keyturn',
      version: '1',
      description: 'The office work of a municipal utility when the keys of a place change hands.',
    },
    servers: [{ url: '/api/v1' }],
  });
  return JSON.parse(JSON.stringify(document, withNulls)) as unknown;
}

const schemasOf = ({ params, query, body, answers }: Route): z.ZodType[] =>
  [params, query, body, problem, ...Object.values(answers).flatMap(({ schema, csv }) => [schema, csv])].filter(
    (schema) => schema !== null && schema !== undefined,
  );

/** Whether a route is served at the root instead of below /api/v1. */
export const isAtRoot = ({ name }: Route): boolean => name === 'GET /healthz' || name === 'GET /readyz';

function pathOf(each: Route): RouteConfig {
  const { method, path } = methodAndPath(each.name);
  const access = accessOf(each.name);
  const headers = headersOf(each);
  return {
    method,
    path,
    ...(isAtRoot(each) && { servers: [{ url: '/' }] }),
    tags: [each.tag],
    summary: each.summary,
    operationId: each.name
      .replaceAll(/[^A-Za-z]+(\w)/g, (_all, letter: string) => letter.toUpperCase())
      .replaceAll(/\W/g, ''),
    description: whoMay(access),
    security: access === 'PUBLIC' ? [] : [{ token: [] }, { session: [] }],
    request: {
      ...(each.params && { params: each.params as z.ZodObject }),
      ...(each.query && { query: each.query as z.ZodObject }),
      ...(headers && { headers }),
      ...(each.body && { body: { required: true, content: { 'application/json': { schema: each.body } } } }),
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(each.answers).map(([status, { description, schema, type, csv }]) => [
          status,
          { description, ...contentOf(schema, type, csv) },
        ]),
      ),
      default: { description: 'A problem (RFC 9457)', content: { 'application/problem+json': { schema: problem } } },
    },
  };
}

const contentOf = (schema: z.ZodType | null, type = 'application/json', csv?: z.ZodType) =>
  schema ? { content: { [type]: { schema }, ...(csv && { 'text/csv': { schema: csv } }) } } : {};

function headersOf({ name, ifMatch }: Route) {
  if (needsKey(name)) return z.object({ 'Idempotency-Key': z.string().min(1).max(LIMITS.idempotencyKeyLength) });
  return ifMatch ? z.object({ 'If-Match': z.string() }) : null;
}

const whoMay = (access: Access): string =>
  access === 'PUBLIC'
    ? 'For anybody.'
    : access === 'SIGNED_IN'
      ? 'For everybody who is signed in.'
      : `For the roles ${access.join(', ')}.`;
