/** The props of a link to an address of the console, its query included. */
export function linkTo(href: string): { to: '/'; search: never } {
  const [path, query] = href.split('?');
  return { to: path as '/', search: Object.fromEntries(new URLSearchParams(query)) as never };
}
