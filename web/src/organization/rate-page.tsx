import { Button, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { api, client, sent, type Schema } from '../api/client';
import { useAct } from '../kit/act';
import { Opens } from '../kit/act-form';
import { day, moment, words } from '../kit/format';
import { Page } from '../kit/page';
import { Section } from '../kit/section';
import { Status } from '../kit/status';
import { To } from '../kit/to';
import { useHolds, useMe } from '../session/session';
import { Charges } from './charges';
import { DraftForm } from './draft-form';

const here = getRouteApi('/organization/rates/$rateCode');
type Version = Schema<'RateVersion'>;

/** One rate with its versions: what each charges, who drafted it, and publishing by a second person. */
export function RatePage() {
  const { rateCode } = here.useParams();
  const holds = useHolds();
  const { data: rate } = api.useSuspenseQuery('get', '/rates/{rateCode}', { params: { path: { rateCode } } });
  const newest = rate.versions.toSorted((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom));
  const mayDraft = holds('supervisor', 'admin');
  return (
    <Page
      title={rate.name}
      lead={`Rate ${rateCode} of ${words(rate.serviceCode).toLowerCase()}`}
      actions={
        mayDraft && (
          <Opens label="Draft a version" variant="filled">
            {(close) => <DraftForm rateCode={rateCode} from={newest[0]} onDone={close} />}
          </Opens>
        )
      }
    >
      <Stack gap="xl">
        <To href="/organization?tab=rates">All rates</To>
        {newest.map((version) => (
          <VersionShown key={version.effectiveFrom} rateCode={rateCode} version={version} mayDraft={mayDraft} />
        ))}
      </Stack>
    </Page>
  );
}

interface VersionProps {
  rateCode: string;
  version: Version;
  mayDraft: boolean;
}

function VersionShown({ rateCode, version, mayDraft }: VersionProps) {
  const { effectiveFrom, status, draftedBy, draftedAt, publishedBy, publishedAt } = version;
  const isDraft = status === 'DRAFT';
  return (
    <Section
      title={`From ${day(effectiveFrom)}`}
      actions={
        <>
          <Status code={status} />
          {isDraft && mayDraft && <DraftActs rateCode={rateCode} version={version} />}
        </>
      }
    >
      <Text size="sm" c="dimmed" mb="xs">
        {draftedBy && `Drafted by ${draftedBy.displayName}, ${moment(draftedAt)}. `}
        {publishedBy && `Published by ${publishedBy.displayName}, ${moment(publishedAt)}.`}
      </Text>
      <Charges definition={version.definition} />
    </Section>
  );
}

function DraftActs({ rateCode, version }: Omit<VersionProps, 'mayDraft'>) {
  const me = useMe();
  const { effectiveFrom, definitionHash, draftedBy } = version;
  const path = { rateCode, effectiveFrom };
  const publish = useAct(
    () =>
      sent(
        client.POST('/rates/{rateCode}/versions/{effectiveFrom}/publish', {
          params: { path },
          body: { definitionHash },
        }),
      ),
    { done: 'The version is published: bills use it from its day on' },
  );
  const withdraw = useAct(
    () => {
      const params = { path, header: { 'If-Match': `"${definitionHash}"` } };
      return sent(client.DELETE('/rates/{rateCode}/versions/{effectiveFrom}', { params }));
    },
    { done: 'The draft is withdrawn' },
  );
  const isOwn = draftedBy?.username === me.username;
  return (
    <>
      <Opens label="Change the draft">
        {(close) => <DraftForm rateCode={rateCode} from={version} replaces onDone={close} />}
      </Opens>
      <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
        Withdraw the draft
      </Button>
      {isOwn ? (
        <Text size="sm">You drafted it: somebody else publishes it.</Text>
      ) : (
        <Button loading={publish.isPending} onClick={() => publish.mutate()}>
          Publish from {day(effectiveFrom)}
        </Button>
      )}
    </>
  );
}
