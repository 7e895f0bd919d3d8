import { z } from 'zod';

export const alive = z.strictObject({ status: z.literal('ALIVE') });
export const ready = z.strictObject({ status: z.literal('READY') });
/** The document that describes this API. */
export const openApiDocument = z.looseObject({ openapi: z.string() });
