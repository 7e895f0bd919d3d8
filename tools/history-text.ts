/** All that an object of Temporal's says, with the bytes of its payloads as text: where personal data is looked for. */
export function historyText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner);
    if (inner instanceof Uint8Array) return Buffer.from(inner).toString('utf8');
    // A Buffer has become this by its own toJSON before it comes here.
    const bytes = inner as { type?: unknown; data?: unknown } | null;
    const isBuffer = bytes && typeof bytes === 'object' && bytes.type === 'Buffer' && Array.isArray(bytes.data);
    return isBuffer ? Buffer.from(bytes.data as number[]).toString('utf8') : inner;
  });
}
