// Prints the vectors of senders that publish a scheme and no vector: signed by Node.js as their own code or page says.
import { createHmac } from 'node:crypto';

const hmac = (secret, message, encoding) => createHmac('sha256', secret).update(message).digest(encoding);
const vectors = {};

function vector(name, { secret = 'sender-secret', body, now = '2026-11-30T09:00:00Z', url, headers }) {
  const text = JSON.stringify(body);
  vectors[name] = { published: false, secret, now, url, body: text, headers: headers(secret, text, new Date(now)) };
}

vector('linear', {
  body: { action: 'create', type: 'Comment', data: { id: '2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9' }, webhookTimestamp: 1796029200000 },
  headers: (secret, body) => ({ 'Linear-Signature': hmac(secret, body, 'hex') }),
});
vector('hubspot', {
  body: [{ eventId: 1, subscriptionType: 'contact.creation', portalId: 62515, occurredAt: 1564113600000 }],
  url: 'https://www.example.com/webhook_uri',
  headers: (secret, body, now) => ({
    'X-HubSpot-Request-Timestamp': String(now.getTime()),
    'X-HubSpot-Signature-v3': hmac(secret, 'POST' + 'https://www.example.com/webhook_uri' + body + now.getTime(), 'base64'),
  }),
});
vector('zendesk', {
  body: { account_id: 22129848, detail: { id: '35436' }, id: '01HA8Y3S3VQDMZZHBV0KQ3YWYB', type: 'zen:event-type:ticket.created' },
  headers: (secret, body) => ({
    'X-Zendesk-Webhook-Signature-Timestamp': '2026-11-30T09:00:00Z',
    'X-Zendesk-Webhook-Signature': hmac(secret, '2026-11-30T09:00:00Z' + body, 'base64'),
  }),
});
vector('gitea', {
  body: { ref: 'refs/heads/develop', repository: { id: 140, name: 'webhooks' } },
  headers: (secret, body) => ({
    'X-Gitea-Delivery': 'f6266f16-1bf3-46a5-9ea4-602e06ead473',
    'X-Gitea-Event': 'push',
    'X-Gitea-Signature': hmac(secret, body, 'hex'),
  }),
});
vector('discourse', {
  body: { post: { id: 40, username: 'jim' } },
  headers: (secret, body) => ({
    'X-Discourse-Event-Id': '1',
    'X-Discourse-Event-Type': 'post',
    'X-Discourse-Event': 'post_created',
    'X-Discourse-Event-Signature': 'sha256=' + hmac(secret, body, 'hex'),
  }),
});
vector('woocommerce', {
  body: { id: 727, status: 'processing', total: '29.35' },
  headers: (secret, body) => ({
    'X-WC-Webhook-Topic': 'order.created',
    'X-WC-Webhook-Signature': hmac(secret, body, 'base64'),
    'X-WC-Webhook-Delivery-ID': '5a0b5a2f4bb0c3d1',
  }),
});
vector('buildkite', {
  body: { event: 'build.started', build: { keys: 'vals' }, sender: { keys: 'vals' } },
  headers: (secret, body, now) => ({
    'X-Buildkite-Event': 'build.started',
    'X-Buildkite-Signature': `timestamp=${now.getTime() / 1000},signature=${hmac(secret, now.getTime() / 1000 + '.' + body, 'hex')}`,
  }),
});
vector('lemon-squeezy', {
  body: { meta: { event_name: 'order_created' }, data: { type: 'orders', id: '1' } },
  headers: (secret, body) => ({ 'X-Event-Name': 'order_created', 'X-Signature': hmac(secret, body, 'hex') }),
});

console.log(JSON.stringify(vectors, null, 2));
