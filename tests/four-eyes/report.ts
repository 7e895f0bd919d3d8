/** The layers that hold four-eyes, each tried alone. */
export const LAYERS = ['API', 'DATABASE', 'VALIDATOR', 'EFFECT'] as const;
export type Layer = (typeof LAYERS)[number];

/** What a run of attempts came to. */
export function createReport() {
  const refusals = new Map<Layer, Map<string, number>>(LAYERS.map((layer) => [layer, new Map()]));
  const violations: string[] = [];
  let accepted = 0;
  return {
    violations,
    refused(layer: Layer, code: string): void {
      const ofLayer = refusals.get(layer);
      ofLayer?.set(code, (ofLayer.get(code) ?? 0) + 1);
    },
    accepted(): void {
      accepted += 1;
    },
    violated(what: string): void {
      violations.push(what);
    },
    /** How often a layer has refused, in all or with one code. */
    count: (layer: Layer, code?: string): number =>
      [...(refusals.get(layer) ?? [])].reduce((sum, [each, n]) => sum + (!code || each === code ? n : 0), 0),
    text(runs: number, seed: number): string {
      const lines = LAYERS.map((layer) => {
        const codes = [...(refusals.get(layer) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
        return `  ${layer.padEnd(9)} ${codes.map(([code, n]) => `${code} ${n}`).join(', ') || 'none'}`;
      });
      return [
        `four-eyes: ${runs} runs, seed ${seed}`,
        'refusals by layer:',
        ...lines,
        `decisions that took effect: ${accepted}`,
        `violations: ${violations.length}`,
        ...violations.slice(0, 20).map((what) => `  ${what}`),
      ].join('\n');
    },
  };
}

export type Report = ReturnType<typeof createReport>;
