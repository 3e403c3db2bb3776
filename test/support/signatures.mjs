// Both signatures of a webhook, checked with code that is not ours: v1 by
// npm standardwebhooks, v1a by node:crypto.
import { createPublicKey, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** `whpk_…` as a key of node:crypto. */
export function publicKey(text) {
  const raw = Buffer.from(text.replace(/^whpk_/, ''), 'base64');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}

/** Does v1 verify?  `headers` are the three of Standard Webhooks. */
export function isV1(secret, headers, body) {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

/** Does a v1a verify? */
export function isV1a(key, headers, body) {
  const signed = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  return headers['webhook-signature'].split(' ').some((signature) => {
    const [version, value] = signature.split(',');
    return version === 'v1a' && verify(null, signed, key, Buffer.from(value, 'base64'));
  });
}
