import { getRefId, type OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';

/** What lies inside a schema, as zod keeps it. */
interface Inside {
  type: string;
  shape?: Record<string, z.ZodType>;
  options?: z.ZodType[];
  element?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  out?: z.ZodType;
  valueType?: z.ZodType;
}

/**
 * Registers every named schema within these as it is by itself. The generator else takes the first use of a name for all
 * of them, and where that one may be null, the document would say so of each.
 */
export function registerNamed(registry: OpenAPIRegistry, schemas: z.ZodType[]): void {
  const seen = new Set<z.ZodType>();
  const named = new Set<string>();
  schemas.forEach(look);

  function look(schema: z.ZodType): void {
    if (seen.has(schema)) return;
    seen.add(schema);
    const { type, shape, options, element, innerType, in: before, out, valueType } = schema.def as Inside;
    if (type === 'lazy') return;
    const within = [...(options ?? []), element, innerType, before, out, valueType];
    [...Object.values(shape ?? {}), ...within].forEach((each) => each && look(each));
    const name = getRefId(schema);
    // Nullable and the like carry the name of what they wrap.
    if (!name || innerType || named.has(name)) return;
    named.add(name);
    registry.register(name, schema);
  }
}

/** A named schema or null: the generator writes it as both at once, which nothing is. */
export function withNulls(_name: string, value: unknown): unknown {
  const all = (value as { allOf?: unknown[] } | null)?.allOf;
  const [named, other] = all ?? [];
  const types = (other as { type?: unknown } | undefined)?.type;
  const isEither = all?.length === 2 && isReference(named) && Array.isArray(types) && types.includes('null');
  if (!isEither) return value;
  // What extends the named one has fields of its own.
  const isMore = Object.keys(other as object).some((key) => !['type', 'description'].includes(key));
  const more = { ...(other as object), type: types.find((type) => type !== 'null') as unknown };
  return { anyOf: [isMore ? { allOf: [named, more] } : named, { type: 'null' }] };
}

const isReference = (value: unknown): boolean => typeof value === 'object' && value !== null && '$ref' in value;
