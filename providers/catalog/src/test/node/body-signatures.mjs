// The signatures and comparisons of two providers' pages: GitHub's "Validating webhook deliveries", with the comparison of
// @octokit/webhooks-methods that it recommends, and Shopify's "Verify deliveries".
import { createHmac, timingSafeEqual } from 'node:crypto';

const hmac = (secret, body) => createHmac('sha256', secret).update(body);

// timingSafeEqual throws if the lengths differ
const isEqual = (expected, actual) => expected.length === actual.length && timingSafeEqual(expected, actual);

export const providers = {
  github: {
    sign: (secret, body) => `sha256=${hmac(secret, body).digest('hex')}`,
    accepts: (secret, body, header) =>
      isEqual(Buffer.from(providers.github.sign(secret, body)), Buffer.from(header)),
  },
  shopify: {
    sign: (secret, body) => hmac(secret, body).digest('base64'),
    // the page compares the bytes that the header decodes to
    accepts: (secret, body, header) =>
      isEqual(Buffer.from(providers.shopify.sign(secret, body), 'base64'), Buffer.from(header, 'base64')),
  },
};
