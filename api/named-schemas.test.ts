import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { registerNamed, withNulls } from './named-schemas';
import './schemas/common';

it('says null of the uses that may be null, whichever comes first, and never of the name itself', () => {
  const person = z.strictObject({ name: z.string() }).openapi('TestPerson');
  const task = z
    .strictObject({ assignee: person.nullable(), author: person, seen: z.array(person) })
    .openapi('TestTask');
  const registry = new OpenAPIRegistry();
  registerNamed(registry, [task]);
  const info = { title: 'test', version: '1' };
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({ openapi: '3.1.0', info });
  const { schemas } = (JSON.parse(JSON.stringify(document, withNulls)) as typeof document).components ?? {};
  const reference = { $ref: '#/components/schemas/TestPerson' };
  expect(schemas?.['TestPerson']).toMatchObject({ type: 'object' });
  expect(schemas?.['TestTask']).toMatchObject({
    properties: { assignee: { anyOf: [reference, { type: 'null' }] }, author: reference, seen: { items: reference } },
  });
});

it('keeps the fields that a use adds to a named schema, where the use may be null', () => {
  const address = z.strictObject({ line1: z.string() }).openapi('TestAddress');
  const seasonal = address.extend({ seasonStart: z.string() });
  const customer = z.strictObject({ mail: address, alternate: seasonal.nullable() }).openapi('TestCustomer');
  const registry = new OpenAPIRegistry();
  registerNamed(registry, [customer]);
  const info = { title: 'test', version: '1' };
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({ openapi: '3.1.0', info });
  const { schemas } = (JSON.parse(JSON.stringify(document, withNulls)) as typeof document).components ?? {};
  const more = { type: 'object', properties: { seasonStart: { type: 'string' } } };
  expect(schemas?.['TestCustomer']).toMatchObject({
    properties: { alternate: { anyOf: [{ allOf: [{}, more] }, { type: 'null' }] } },
  });
});
