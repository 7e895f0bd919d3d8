import { join } from 'node:path';
import express, { Router, type RequestHandler, type Response } from 'express';

/**
 * The office console: the built files of web/, and its page for every path that the console itself routes. A folder
 * that is not there, as before the console was built, has nothing: what is asked of it goes on to the next handler.
 */
export function consolePages(folder: string): Router {
  const router = Router();
  // A build names each asset by its content; everything else keeps its name, so no copy of it may be kept.
  const files = { index: false, redirect: false, etag: false, lastModified: false, cacheControl: false } as const;
  router.use('/assets', express.static(join(folder, 'assets'), { ...files, setHeaders: keepForEver }));
  router.use(express.static(folder, files));
  router.get(/^\/(?!api(\/|$)|assets(\/|$))/, page(folder));
  return router;
}

const keepForEver = (res: Response): void => {
  res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
};

function page(folder: string): RequestHandler {
  return (req, res, next) => {
    // A picture or a script that is missing is missing: only who goes to a page gets the page.
    const wantsPage = req.path === '/' || (req.headers.accept ?? '').includes('text/html');
    if (!wantsPage) return next();
    const options = { root: folder, cacheControl: false, etag: false, lastModified: false };
    res.sendFile('index.html', options, (error) => {
      if (!error) return;
      const { status } = error as { status?: number };
      next(status === 404 ? undefined : error);
    });
  };
}
