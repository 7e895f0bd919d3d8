import { z } from 'zod';
import { byId, instant, line, lines, listOf, listQuery, person } from './common';

export const addedListQuery = listQuery(byId, {});

// A card number in these texts is a rule of records/, so that it is refused with its own code.
/** What somebody writes down beside a case. */
export const commentBody = z.strictObject({ text: lines(4000) }).openapi('CommentRequest');

const nullable = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);

/** A document by reference; the file stays where it is. */
export const attachmentBody = z
  .strictObject({
    title: line(200),
    uri: z
      .string()
      .max(1000)
      .refine(isReference, 'Give an https address without credentials, or doc: and the id of a document')
      .openapi({ example: 'doc:2026-0042' }),
    mediaType: nullable(z.string().regex(/^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,80}$/, 'Give a media type, like image/jpeg')),
    sha256: nullable(z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the file in lower case hexadecimals')),
  })
  .openapi('AttachmentRequest');

const DOCUMENT = /^doc:[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;
// A signed or keyed address opens the file for whoever sees it.
const CREDENTIAL = /^(.*[_-])?(token|password|passwd|pwd|secret|api-?key|key|sig|signature|credential)$/i;

function isReference(text: string): boolean {
  if (DOCUMENT.test(text)) return true;
  if (!/^https:\/\/[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password, searchParams } = new URL(text);
  const isBare = protocol === 'https:' && username === '' && password === '';
  return isBare && ![...searchParams.keys()].some((name) => CREDENTIAL.test(name));
}

export const commentShown = z
  .strictObject({
    commentId: z.int(),
    caseId: z.string(),
    taskId: z.string().nullable(),
    text: z.string(),
    createdAt: instant,
    author: person,
  })
  .openapi('Comment');
export const commentList = listOf(commentShown);

export const attachmentShown = z
  .strictObject({
    attachmentId: z.int(),
    caseId: z.string(),
    taskId: z.string().nullable(),
    title: z.string(),
    uri: z.string(),
    mediaType: z.string().nullable(),
    sha256: z.string().nullable(),
    createdAt: instant,
    author: person,
  })
  .openapi('Attachment');
export const attachmentList = listOf(attachmentShown);
