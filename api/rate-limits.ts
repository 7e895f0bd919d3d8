import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { RefusedError } from '../db/errors';
import type { Actor } from './deps';
import type { Limits } from './limits';

/** The two limits on how often one may ask: sign-ins by address, writes by user. */
export function rateLimits({ signIn, writes }: Limits): { signIn: RequestHandler; writes: RequestHandler } {
  return {
    signIn: limiter(signIn.windowMs, signIn.perAddress, (req) => ipKeyGenerator(req.ip ?? '')),
    writes: limiter(writes.windowMs, writes.perUser, (req) => `user ${(req.res?.locals.actor as Actor).id}`),
  };
}

function limiter(windowMs: number, limit: number, keyGenerator: (req: Request) => string): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    keyGenerator,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req, res, next) => {
      const retryAfter = String(res.getHeader('Retry-After') ?? Math.ceil(windowMs / 1000));
      next(
        new RefusedError({ code: 'TOO_MANY_REQUESTS', message: 'Too many requests; try again later' }, { retryAfter }),
      );
    },
  });
}
