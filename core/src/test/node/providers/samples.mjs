// How the providers' own pages verify, in their words: careless about form and time, but the word on signatures.
import { createHmac } from 'node:crypto';

export const samples = {
  extracta: (body, signature, secret) => {
    const { result } = JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''));
    return createHmac('sha256', secret.replace('E_AI_K_', '')).update(JSON.stringify(result)).digest('base64') === signature;
  },
  formflow: (body, signature, secret) => createHmac('sha256', secret).update(body).digest('hex') === signature,
};
