// Answers each line of standard input with one line. A line has five columns with tabs between them: sign or accepts, the
// provider, and in base64 of UTF-8 the secret, the body and the header. The answer is the signature, or true or false.
import { createInterface } from 'node:readline';
import { providers } from './body-signatures.mjs';

const decoded = (column) => Buffer.from(column, 'base64');

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const [what, provider, secret, body, header] = line.split('\t');
  const answer = providers[provider][what](decoded(secret), decoded(body), decoded(header).toString('utf8'));
  process.stdout.write(`${answer}\n`);
}
