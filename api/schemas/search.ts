import { z } from 'zod';
import { line } from './common';

export const searchQuery = z.strictObject({ q: line(80) });

const hit = z
  .strictObject({
    kind: z.enum(['CUSTOMER', 'ACCOUNT', 'LOCATION', 'METER', 'CASE', 'SERVICE_ORDER']),
    id: z.string(),
    title: z.string(),
    subtitle: z.string(),
    status: z.string().nullable(),
    link: z.strictObject({
      customerNumber: z.string().nullable(),
      accountNumber: z.string().nullable(),
      locationNumber: z.string().nullable(),
      caseId: z.string().nullable(),
      orderNumber: z.string().nullable(),
      meterId: z.int().nullable(),
    }),
  })
  .openapi('SearchHit');
export const searchFound = z.strictObject({ data: z.array(hit) }).openapi('SearchFound');
