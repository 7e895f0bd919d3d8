import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';

/** An expression of an alert or a panel, and the metrics that it names. */
export interface Expression {
  of: string;
  text: string;
  names: string[];
}

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { runbook: string } }[] }[];
}
interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

const deploy = join(__dirname, '..', '..', '..', 'deploy');
const read = (file: string) => readFileSync(join(deploy, file), 'utf8');

/** The alerts, as Prometheus reads them. */
export const alerts = () => (parse(read('prometheus/alerts.yml')) as Rules).groups.flatMap(({ rules }) => rules);

/** Every expression of the alerts and the dashboards; one that Prometheus would not parse is an error. */
export function expressions(): Expression[] {
  const ofAlerts = alerts().map(({ alert, expr }) => expression(alert, expr));
  const ofPanels = ['office.json', 'system.json'].flatMap((file) =>
    (JSON.parse(read(`grafana/${file}`)) as Dashboard).panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => expression(`${file}: ${title}`, expr)),
    ),
  );
  return [...ofAlerts, ...ofPanels];
}

function expression(of: string, text: string): Expression {
  const names: string[] = [];
  parser.parse(text).iterate({
    enter({ name, from, to, type, node }) {
      if (type.isError) throw new Error(`${of}: not PromQL at ${from}: ${text}`);
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') names.push(text.slice(from, to));
    },
  });
  // Prometheus' own.
  return { of, text, names: names.filter((name) => name !== 'up') };
}
