import { Box, Text, VisuallyHidden } from '@mantine/core';
import { day, words } from '../kit/format';
import classes from './usage-chart.module.css';

/** What was used in one period between reads. */
export interface UsagePeriod {
  from: string;
  to: string;
  quantity: string;
  estimated: boolean;
}

const HEIGHT = 110;
const WIDTH = 480;

/** Past use of one service as bars, the newest on the right, with the same figures as a table for whoever cannot see. */
export function UsageChart({
  service,
  unit,
  periods,
}: {
  service: string;
  unit: string | null;
  periods: UsagePeriod[];
}) {
  if (periods.length === 0) return <Text size="sm">No use of {words(service).toLowerCase()} is on record yet.</Text>;
  const most = Math.max(...periods.map(({ quantity }) => Number(quantity)), 1);
  const step = WIDTH / periods.length;
  return (
    <Box component="figure" m={0}>
      <Text component="figcaption" size="sm" fw={600}>
        {words(service)} {unit && `(${unit})`}
      </Text>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 18}`} className={classes.chart} aria-hidden>
        {periods.map(({ from, to, quantity, estimated }, i) => {
          const height = Math.max((Number(quantity) / most) * HEIGHT, 1);
          return (
            <g key={`${from} ${to}`}>
              <title>{`${day(from)} to ${day(to)}: ${quantity} ${unit ?? ''}${estimated ? ' (estimated)' : ''}`}</title>
              <rect
                x={i * step + step * 0.14}
                y={HEIGHT - height}
                width={step * 0.72}
                height={height}
                className={estimated ? classes.estimated : classes.bar}
              />
              {(periods.length < 9 || i % 2 === 0) && (
                <text x={i * step + step / 2} y={HEIGHT + 13} textAnchor="middle" className={classes.label}>
                  {to.slice(5, 7)}/{to.slice(2, 4)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <VisuallyHidden>
        <table>
          <tbody>
            {periods.map(({ from, to, quantity, estimated }) => (
              <tr key={`${from} ${to}`}>
                <th scope="row">
                  {day(from)} to {day(to)}
                </th>
                <td>
                  {quantity} {unit} {estimated && '(estimated)'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Box>
  );
}
