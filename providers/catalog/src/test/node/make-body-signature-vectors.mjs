// Writes ../resources/vectors/body-signatures.json. A second run writes the same bytes.
import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { providers } from './body-signatures.mjs';

const secrets = ["It's a Secret to Everybody", 'shpss_0123456789abcdef0123456789abcdef', 'p\u00e4ssw\u00f6rd \u{1f511}'];
const json = '{"action":"opened","issue":{"number":1,"title":"Gr\u00fc\u00dfe \u{1f600} \u2028 \\u00e9 1e2"},"price":1e2}';
const bodies = [json, '{}', `${json}\r\n`, ` {"n": 12345678901234567890, "x": "a\\/b"}`, `payload=${encodeURIComponent(json).replaceAll('%20', '+')}`];

const vectors = Object.entries(providers).flatMap(([provider, { sign, accepts }]) =>
  secrets.flatMap((secret) => bodies
    // a form is GitHub's alone
    .filter((body) => provider === 'github' || !body.startsWith('payload='))
    .map((body) => {
      const bytes = Buffer.from(body, 'utf8');
      const signature = sign(secret, bytes);
      if (!accepts(secret, bytes, signature) || accepts(`${secret}x`, bytes, signature)) throw new Error(provider);
      return { provider, secret, body, signature };
    })));

// Stripe signs the time as well: the whole secret is the key, and the text is t, a full stop and the body.
const time = 1686089970;
for (const secret of ['whsec_0123456789abcdefghijABCDEFGHIJ', 'whsec_pw=\u00e9']) {
  for (const body of ['{\n  "id": "evt_1NG8Du2eZvKYlo2CUI79vXWy",\n  "object": "event",\n  "type": "setup_intent.created"\n}',
    '{"id":"evt_2","object":"v2.core.event","type":"v2.core.event_destination.ping","x":"\u{1f600}"}']) {
    const v1 = createHmac('sha256', secret).update(`${time}.${body}`, 'utf8').digest('hex');
    vectors.push({ provider: 'stripe', secret, body, signature: `t=${time},v1=${v1}` });
  }
}

writeFileSync(new URL('../resources/vectors/body-signatures.json', import.meta.url), `${JSON.stringify(vectors, null, 1)}\n`);
