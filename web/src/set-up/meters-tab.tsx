import { Alert, Button, Group, Text } from '@mantine/core';
import { api } from '../api/client';
import { day } from '../kit/format';
import { fieldId } from '../kit/problem-summary';
import { isAt, type AtPoint, type InstallLine, type RemoveLine } from './content';
import { useDesk } from './desk';
import { CountField, DateField, TextField } from './fields';
import { saidOf } from './problems';
import { Copied, Section } from './section';
import classes from './set-up.module.css';
import { useNameOf, useServiceList } from './use-services';

/** The meters of the metered services: the one that stays with its last read, one to put in, an exchange (row S10). */
export function MetersTab() {
  const { content } = useDesk();
  const services = useServiceList();
  const metered = content.services.filter(({ serviceCode }) =>
    services.some(({ code, metered: isMetered }) => code === serviceCode && isMetered),
  );
  const number = 'existing' in content.location ? content.location.existing : '';
  const query = { params: { path: { locationNumber: number } } };
  const place = api.useQuery('get', '/locations/{locationNumber}', query, { enabled: number !== '' }).data;

  /** The meter that is there: points of a service stand in the order of their positions. */
  const meterAt = ({ serviceCode, position }: AtPoint) =>
    place?.servicePoints.filter((point) => point.serviceCode === serviceCode)[position - 1]?.meter ?? null;

  return (
    <Section title="Meters">
      {metered.length === 0 && <Text size="sm">No metered service is ticked under Billing Services.</Text>}
      {metered.map((line) => (
        <OnePoint key={`${line.serviceCode} ${line.position}`} at={line} there={meterAt(line)} />
      ))}
    </Section>
  );
}

interface There {
  serial: string;
  dials: number;
  multiplier: string;
  unit: string;
  lastRead: { value: string; readOn: string } | null;
}

function OnePoint({ at, there }: { at: AtPoint; there: There | null }) {
  const { content, problems, set, computed } = useDesk();
  const nameOf = useNameOf();
  const services = useServiceList();
  const { serviceCode, position } = at;
  const name = nameOf(at);
  const here = content.meters.map((meter, i) => ({ meter, i })).filter(({ meter }) => isAt(meter, at));
  const service = content.services.findIndex((line) => isAt(line, at));
  const said = problems.filter(
    ({ pointer, code, told }) => told && pointer === `#/services/${service}` && code === 'METER_MISSING',
  );
  const copied = computed?.copied?.meters.find((meter) => isAt(meter, at));
  const isHeld = computed?.copied?.holders.find((holder) => isAt(holder, at))?.isActive ?? false;

  const install: InstallLine = {
    ...{ action: 'INSTALL', serviceCode, position, serial: '', multiplier: there?.multiplier ?? '1' },
    ...{
      dials: there?.dials ?? '',
      unit: there?.unit ?? services.find(({ code }) => code === serviceCode)?.unit ?? '',
    },
    beginRead: { value: '', readOn: content.startDate },
  };
  const remove: RemoveLine = {
    ...{ action: 'REMOVE', serviceCode, position, serial: there?.serial ?? '' },
    removalRead: { value: '', readOn: content.startDate },
  };

  return (
    <div
      className={classes.line}
      // A service that lacks its meter is mended here.
      id={fieldId(`#/services/${service}`)}
      tabIndex={-1}
      role="group"
      aria-label={`Meter of ${name}`}
    >
      <Group justify="space-between" mb={6}>
        <Text fw={600}>
          {name} <Copied mark={copied?.serial ? 'COPIED' : null} />
        </Text>
        {here.length === 0 && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => set('#/meters', [...content.meters, ...(there ? [remove] : []), install])}
          >
            {there ? `Exchange ${there.serial}` : `Put in a meter for ${name}`}
          </Button>
        )}
      </Group>
      {there ? <Staying there={there} isHeld={isHeld} /> : <Text size="sm">No meter is there.</Text>}
      {said.map((each) => (
        <Alert key={each.code} color="red" mt={6}>
          {saidOf(each)}
        </Alert>
      ))}
      {here.map(({ meter, i }) =>
        meter.action === 'REMOVE' ? <Taken key="out" i={i} name={name} /> : <Put key="in" i={i} name={name} />,
      )}
      {here.length > 0 && (
        <Button
          mt="xs"
          size="compact-sm"
          variant="default"
          onClick={() =>
            set(
              '#/meters',
              content.meters.filter((meter) => !isAt(meter, at)),
            )
          }
        >
          {there ? 'Leave the meter as it is' : 'Put in no meter'}
        </Button>
      )}
    </div>
  );
}

function Staying({ there: { serial, lastRead }, isHeld }: { there: There; isHeld: boolean }) {
  const last = lastRead ? `Last read ${plain(lastRead.value)} on ${day(lastRead.readOn)}` : 'It was never read';
  const begins = isHeld
    ? 'The new customer begins on the final read of the one who leaves.'
    : lastRead
      ? 'The new customer begins there, unless a read-in is ordered.'
      : 'Order a read-in.';
  return (
    <Text size="sm">
      Meter {serial}. {last}. {begins}
    </Text>
  );
}

/** A register comes with all its places: 457337.000. */
const plain = (register: string): string => register.replace(/\.0+$/, '');

function LineError({ at }: { at: string }) {
  const { problemAt } = useDesk();
  const error = problemAt(at) ?? problemAt(`${at}/beginRead`);
  return (
    <div id={fieldId(at)} tabIndex={-1}>
      {error && <Alert color="red">{error}</Alert>}
    </div>
  );
}

function Put({ i, name }: { i: number; name: string }) {
  const at = `#/meters/${i}`;
  return (
    <>
      <LineError at={at} />
      <Text size="sm" mt="xs" fw={600}>
        Put in for {name}
      </Text>
      <div className={classes.fields}>
        <TextField at={`${at}/serial`} label="Serial number" />
        <CountField at={`${at}/dials`} label="Dials" />
        <TextField at={`${at}/multiplier`} label="Multiplier" />
        <TextField at={`${at}/unit`} label="Unit" />
        <TextField at={`${at}/beginRead/value`} label="Read when put in" />
        <DateField at={`${at}/beginRead/readOn`} label="Put in on" />
      </div>
    </>
  );
}

function Taken({ i, name }: { i: number; name: string }) {
  const at = `#/meters/${i}`;
  return (
    <>
      <LineError at={at} />
      <Text size="sm" mt="xs" fw={600}>
        Take out from {name}
      </Text>
      <div className={classes.fields}>
        <TextField at={`${at}/serial`} label="Serial number" />
        <TextField at={`${at}/removalRead/value`} label="Read when taken out" />
        <DateField at={`${at}/removalRead/readOn`} label="Taken out on" />
      </div>
    </>
  );
}
