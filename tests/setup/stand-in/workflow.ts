/** A workflow for a worker that only has to poll. */
export async function nothing(): Promise<void> {}
