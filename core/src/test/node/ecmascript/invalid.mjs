// What JSON.parse rejects. Invalid UTF-8 is not here: Node would read it as U+FFFD and accept it.
export function* invalid() {
  yield* structure();
  yield* numbersAndLiterals();
  yield* stringsAndEscapes();
  yield* whatIsNoWhiteSpace();
  yield* truncated();
}

function* structure() {
  yield* [
    '', ' ', '\t', '\r\n', ' \n\t\r ', ',', ':', '[', ']', '{', '}', '[,', '[1,]', '[,1]', '[1,,2]', '[1 2]', '[1;2]',
    '[1', '[1}', '{1]', '[[]', '[]]', '{}}', '{{}', '{"a":1,}', '{,"a":1}', '{"a":1,,"b":2}', '{"a"}', '{"a":}', '{"a",1}',
    '{"a" 1}', '{"a"::1}', '{"a":1 "b":2}', '{"a":1;"b":2}', '{:1}', '{a:1}', '{1:1}', '{\'a\':1}', '{null:1}', '{[]:1}',
    '{"a":1', '{"a":1]', '{"a":[1}', '[{"a":1]', '[1] 2', '1 2', '{} {}', '[][]', '"a" "b"', 'null null', '{}[]', '{} x',
    '[]x', '1,2', '"a",', '{}\0', '[]\u0000', '\0', '(1)', '<a/>', '// c\n1', '1// c', '/* c */1', '[1/* c */]', '[1]//',
    '# c\n1', '{"a":1}#', '...', '[...]', '=1', 'a=1', 'event=x&result=y', '`a`', '\'a\'', '[\'a\']', 'undefined',
    '[undefined]', '{"a":undefined}', 'function(){}', 'new Date()', '[1,]\n', '{"a":1,\n}', ')]}\',\n{}', 'while(1);{}',
  ];
  yield '['.repeat(1000);
  yield `${'['.repeat(1000)}${']'.repeat(999)}`;
  yield `${'['.repeat(999)}${']'.repeat(1000)}`;
  yield '{"a":'.repeat(1000);
}

function* numbersAndLiterals() {
  const tokens = [
    '+1', '.5', '1.', '-', '+', '--1', '-+1', '01', '00', '-01', '-00', '00.5', '01.5', '1.e5', '.e5', '1e', '1e+', '1e-',
    '1E', '1e1.5', '1e1e1', '1.5.5', '1..5', '-.5', '- 1', '1 .5', '1. 5', '1 e5', '1e 5', '1e+-5', '0x10', '0X1F', '0b1',
    '0o7', '1_000', '1,000.5x', '1n', '1f', '1d', '1L', '٣', '１', '½', '∞', '1e٣', 'NaN', '-NaN', 'Infinity', '-Infinity',
    '+Infinity', 'nan', 'inf', 'True', 'TRUE', 'False', 'Null', 'NULL', 'nul', 'nulll', 'nullx', 'tru', 'truee', 'fals',
    'falsee', 't', 'f', 'n', 'none', 'None', 'nil', 'yes', '\\u006eull', '"a"b', 'a"b"', '-true', '-"1"', '1true', 'true1',
    '0e', '0.', '0.e1', '-0.', '1e0x1', '$1', '1%', '1a', '1"',
  ];
  for (const token of tokens) {
    yield token;
    yield `[${token}]`;
    yield `{"a":${token}}`;
  }
}

function* stringsAndEscapes() {
  const contents = [
    '\\x41', '\\u12G4', '\\u12', '\\u', '\\u1', '\\u123', '\\uG000', '\\u000g', '\\U0041', '\\u 041', '\\u+041', '\\u-041',
    '\\u00 1', '\\u{41}', '\\u00٠٠', '\\a', '\\e', '\\v', '\\0', '\\1', '\\012', '\\\'', '\\ ', '\\N', '\\T', '\\B', '\\é', '\\😀',
    '\\\n', '\\\r\n', '\\\u2028', '\\ud83d\\u', '\\ud83d\\ude0', '\\ud83d\\x', '\\', '\\\\\\', 'a\\',
  ];
  for (const content of contents) {
    yield `"${content}"`;
    yield `{"${content}":1}`;
  }
  for (let unit = 0; unit < 0x20; unit++) {
    const control = String.fromCharCode(unit);
    yield `"${control}"`;
    yield `["a${control}b"]`;
    yield `{"a${control}":1}`;
    yield `"\\${control}"`;
  }
  yield* ['"', '"a', 'a"', '["a]', '{"a:1}', '{"a":"b}', '"""', '"a""', '""a"', '"a\\"', '“a”', '«a»', '"a”', '"\\ud83d'];
}

function* whatIsNoWhiteSpace() {
  const characters = ['\u00a0', '\u2028', '\u2029', '\u000b', '\u000c', '\ufeff', '\u0085', '\u200b', '\u3000', '\u1680',
    '\u2003', '\u202f', '\u205f', '\u180e', '\u0000', '\u001c', '\u001f', '\u007f', '\\n', '\\u0020'];
  for (const character of characters) {
    yield character;
    yield `${character}1`;
    yield `1${character}`;
    yield `${character}{"a":1}`;
    yield `{"a":1}${character}`;
    yield `{${character}"a":1}`;
    yield `{"a"${character}:1}`;
    yield `{"a":${character}1}`;
    yield `[1,${character}2]`;
    yield `[${character}]`;
    yield ` ${character} []`;
  }
}

// Every proper beginning of a document, as when a connection breaks.
function* truncated() {
  const samples = [
    '{"event":"extraction.processed","result":[{"fileId":"a\\u00e9\\ud83d\\ude00\\n","ok":true,"no":false,"nil":null,'
      + '"n":[0,-1.5e+10,{}],"":{"1":[[]]}}]}',
    '[ "é€😀" , -0.5E-3 ,\r\n\t{ "ключ" : null } ]',
  ];
  for (const sample of samples) {
    const characters = [...sample];
    for (let length = 0; length < characters.length; length++) {
      yield characters.slice(0, length).join('');
    }
  }
}
