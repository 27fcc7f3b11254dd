const HIDDEN = '***';

/** A function that hides every given secret in a text, also in its URL-encoded, base64 and JSON-escaped forms. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = [...new Set(secrets.filter((secret) => secret.length >= 4).flatMap(formsOf))];
  forms.sort((one, other) => other.length - one.length); // the longest first: one secret may hold another
  return (text) => forms.reduce((redacted, form) => redacted.split(form).join(HIDDEN), text);
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  return [
    secret,
    encodeURIComponent(secret),
    base64,
    base64.replace(/=+$/, ''),
    JSON.stringify(secret).slice(1, -1),
  ];
}
