import { z } from 'zod';

/** A file of bytes: OpenAPI's word for one. */
export const pdfFile = z.string().meta({ format: 'binary' });
/** A page that stands alone. */
export const htmlPage = z.string();
