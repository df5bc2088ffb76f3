// Answers JSON texts with JSON.stringify(JSON.parse(text)), for a live differential test.
//
// A frame is a length (4 bytes, big-endian) and that many bytes of UTF-8. One frame in, one frame out, in order;
// the length 0xFFFFFFFF, with nothing behind it, says that JSON.parse threw. Ends at the end of its input.
//
// It reads no further while its answers wait to be read: whoever asks many questions at once reads the answers
// from another thread. Bytes that are no UTF-8 are read as U+FFFD, as Node.js does; a byte order mark is kept,
// so JSON.parse rejects it.
import { once } from 'node:events';

const REJECTED = 0xffffffff;
const HEADER = 4;

let chunks = [];
let buffered = 0;
let wanted = HEADER; // bytes without which there is nothing to answer

process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

for await (const chunk of process.stdin) {
  chunks.push(chunk);
  buffered += chunk.length;
  if (buffered >= wanted) {
    const answers = answerCompleteFrames();
    if (answers.length > 0 && !process.stdout.write(Buffer.concat(answers))) {
      await once(process.stdout, 'drain');
    }
  }
}
if (buffered > 0) {
  console.error(`The input ends within a frame: ${buffered} of at least ${wanted} bytes`);
  process.exitCode = 1;
}

function answerCompleteFrames() {
  const input = Buffer.concat(chunks, buffered);
  const answers = [];
  let position = 0;
  for (;;) {
    wanted = HEADER;
    if (input.length - position >= HEADER) {
      wanted += input.readUInt32BE(position);
    }
    if (input.length - position < wanted) {
      break;
    }
    append(answers, input.toString('utf8', position + HEADER, position + wanted));
    position += wanted;
  }
  chunks = [input.subarray(position)];
  buffered = input.length - position;
  return answers;
}

function append(answers, text) {
  const header = Buffer.alloc(HEADER);
  answers.push(header);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    header.writeUInt32BE(REJECTED);
    return;
  }
  const bytes = Buffer.from(JSON.stringify(value), 'utf8');
  header.writeUInt32BE(bytes.length);
  answers.push(bytes);
}
