import createClient from 'openapi-fetch';
import createHooks from 'openapi-react-query';
import type { components, paths } from '../../generated/api';
import { patientFetch } from './patient-fetch';
import { Problem } from './problem';

/** A schema of the OpenAPI document by its name. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** The API's client: typed by the OpenAPI document, patient, and every answer that is no success is thrown. */
export const client = createClient<paths>({
  baseUrl: new URL('/api/v1', window.location.origin).href,
  fetch: patientFetch,
});
client.use({
  async onResponse({ response }) {
    if (!response.ok) throw await Problem.of(response);
  },
});

/** The client as hooks of the query cache: `api.useQuery('get', '/cases/{caseId}', …)`. */
export const api = createHooks(client);

/** The body of an answer that cannot be a problem, since those are thrown. */
export async function sent<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** The body of an answer and the ETag to send back as If-Match. */
export async function sentWithEtag<T>(answer: Promise<{ data?: T; response: Response }>) {
  const { data, response } = await answer;
  return { body: data as T, etag: response.headers.get('etag') ?? '' };
}
