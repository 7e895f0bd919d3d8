import { billFile, draftFile, type BillFormat } from '../../documents/bill-files';
import { ensure } from '../../db/errors';
import type { ApiDeps } from '../deps';
import { route, type Answer, type Route } from '../route';
import { billParams } from '../schemas/accounts';
import { caseParams } from '../schemas/cases';
import { htmlPage, pdfFile } from '../schemas/documents';

const NONE = 'There is no such bill';
const NO_DRAFT = 'The case has no final bill yet';

/** Bills as they are read at home: PDF and HTML of what was posted, and of a draft with DRAFT across it. */
export const billDocumentRoutes = ({ db }: ApiDeps): Route[] => [
  route({
    name: 'GET /bills/{billNumber}.pdf',
    tag: 'Accounts',
    summary: 'A posted final bill on paper: the same bytes for ever',
    params: billParams,
    answers: { 200: { description: 'The bill, its working on the back', schema: pdfFile, type: 'application/pdf' } },
    handle: async ({ params }) => {
      const { billNumber } = params;
      return fileAnswer(await billFile(db, billNumber, 'PDF'), 'PDF', `bill-${billNumber}`, NONE);
    },
  }),

  route({
    name: 'GET /bills/{billNumber}.html',
    tag: 'Accounts',
    summary: 'The same bill as a page',
    params: billParams,
    answers: { 200: { description: 'The page', schema: htmlPage, type: 'text/html' } },
    handle: async ({ params }) => {
      const { billNumber } = params;
      return fileAnswer(await billFile(db, billNumber, 'HTML'), 'HTML', `bill-${billNumber}`, NONE);
    },
  }),

  route({
    name: 'GET /cases/{caseId}/final-bill.pdf',
    tag: 'Cases',
    summary: 'The latest draft of the final bill on paper, marked DRAFT; once it is posted, the bill',
    params: caseParams,
    answers: { 200: { description: 'The draft', schema: pdfFile, type: 'application/pdf' } },
    handle: async ({ params }) => fileAnswer(await draftFile(db, params.caseId, 'PDF'), 'PDF', 'draft', NO_DRAFT),
  }),

  route({
    name: 'GET /cases/{caseId}/final-bill.html',
    tag: 'Cases',
    summary: 'The same draft as a page',
    params: caseParams,
    answers: { 200: { description: 'The page', schema: htmlPage, type: 'text/html' } },
    handle: async ({ params }) => fileAnswer(await draftFile(db, params.caseId, 'HTML'), 'HTML', 'draft', NO_DRAFT),
  }),
];

function fileAnswer(body: Buffer | null, format: BillFormat, name: string, none: string): Answer {
  ensure(body, 'NOT_FOUND', none);
  const [type, end] = format === 'PDF' ? (['application/pdf', 'pdf'] as const) : (['text/html', 'html'] as const);
  // The style of a page is in it; nothing else of it may run or be fetched.
  const policy = { 'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" };
  const headers = { 'Content-Disposition': `inline; filename="${name}.${end}"`, ...(format === 'HTML' && policy) };
  return { status: 200, body: format === 'PDF' ? body : body.toString('utf8'), headers, type };
}
