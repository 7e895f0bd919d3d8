import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { linkTo } from './link-to';

interface ToProps {
  /** The address of a page of the console. */
  href: string;
  children: ReactNode;
  fw?: number;
}

/** A link to a page of the console by its address. */
export function To({ href, children, fw }: ToProps) {
  return (
    <Anchor fw={fw} renderRoot={(props) => <Link {...linkTo(href)} {...props} />}>
      {children}
    </Anchor>
  );
}
