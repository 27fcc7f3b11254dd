import { toHubError } from './hub';

/** Sends what a person did; resolves when the hub has written it down. Error: the hub's refusal in its own words. */
export async function postJson(path: string, body: object): Promise<unknown> {
  return sent(path, JSON.stringify(body), 'application/json');
}

export async function postFile(path: string, file: Blob): Promise<unknown> {
  return sent(path, file, 'application/octet-stream');
}

async function sent(path: string, body: BodyInit, type: string): Promise<unknown> {
  const response = await fetch(path, { method: 'POST', body, headers: { 'Content-Type': type } });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toHubError(response.status, answer, `${path}: HTTP ${response.status}`);
  return answer;
}
