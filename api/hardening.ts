import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import helmet from 'helmet';
import { RefusedError } from '../db/errors';

/** Gives each request an id of our own; one that a caller sends could forge log lines. */
export const requestId: RequestHandler = (_req, res, next) => {
  res.locals.requestId = `req_${randomBytes(12).toString('hex')}`;
  res.setHeader('X-Request-Id', res.locals.requestId);
  next();
};

/** The security headers of every answer, errors included. */
export function securityHeaders(production: boolean): RequestHandler[] {
  const headers = helmet({
    // Browsers would turn the links of an office without TLS into https.
    strictTransportSecurity: production,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  });
  const noStore: RequestHandler = (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  };
  return [headers, noStore];
}

/** Refuses what a page of another site makes a browser send. Programs send neither header and pass. */
export function sameSite(allowedOrigin: string): RequestHandler {
  return (req, _res, next) => {
    const site = req.headers['sec-fetch-site'];
    const origin = req.headers.origin;
    const foreign =
      site === undefined ? origin !== undefined && origin !== allowedOrigin : site !== 'same-origin' && site !== 'none';
    next(
      foreign
        ? new RefusedError({ code: 'CROSS_SITE', message: 'Pages of other sites may not call this API' })
        : undefined,
    );
  };
}

/** Refuses a write that a cookie vouches for unless the browser says that a page of ours asked: it sends cookies by itself. */
export function assertOwnPage({ headers }: Pick<Request, 'headers'>, allowedOrigin: string): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined ? headers.origin === allowedOrigin : site === 'same-origin') return;
  throw new RefusedError({ code: 'CROSS_SITE', message: 'Only a page of this office may do this with a cookie' });
}

/** Takes JSON only: a form or a text that a foreign page can send without asking is refused. */
export const jsonOnly: RequestHandler = (req, _res, next) => {
  const type = req.headers['content-type'];
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  const accepted = type === undefined ? !hasBody : /^application\/json\s*(;|$)/i.test(type);
  next(accepted ? undefined : Object.assign(new Error('not JSON'), { status: 415 }));
};
