import { createRootRoute } from '@tanstack/react-router';
import { Shell } from './frame/shell';

/** The root of all routes: the frame. */
export const root = createRootRoute({ component: Shell });
