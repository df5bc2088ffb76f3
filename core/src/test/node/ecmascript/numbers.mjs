import { exactly, fromBits, midpointAbove, plain, scientific, spelled, toBits } from './doubles.mjs';
import { seededRandom } from './random.mjs';

const LONGEST = 1000;

export function* numbers() {
  yield* notationBoundaries();
  yield* zerosOverflowAndUnderflow();
  yield* integersNearPowers();
  yield* powersOfTwo();
  yield* powersOfTen();
  yield* subnormalsAndExtremes();
  yield* doublesThatOldPrintersLengthen();
  yield* randomBitPatterns(seededRandom(0x5ea1_0001));
  yield* shortDecimals(seededRandom(0x5ea1_0002));
  yield* exactExpansions(seededRandom(0x5ea1_0003));
  yield* midpoints(seededRandom(0x5ea1_0004));
  yield* ofExactlyTheLongestLength(seededRandom(0x5ea1_0005));
}

function* bothSigns(...texts) {
  for (const text of texts) {
    yield text;
    yield `-${text}`;
  }
}

// Number::toString changes its notation at 1e21 and at 1e-7.
function* notationBoundaries() {
  yield* bothSigns(
    '1e21', '1e20', '1e22', '1E21', '1e+21', '1E+21', '1000000000000000000000', '100000000000000000000',
    '999999999999999900000', '999999999999999999999', '999999999999999934464', '999999999999999868928',
    '1000000000000000131072', '1.5e21', '1.5e20', '123456789012345680000', '1234567890123456800000',
    '1e-6', '1e-7', '1e-8', '0.000001', '0.0000001', '0.00000001', '1.5e-6', '1.5e-7', '9.999999e-7',
    '0.0000015', '0.00000015', '0.00000099999999999999', '0.000000999999999999999999', '0.00001', '0.0001',
    '0.001', '0.01', '0.1', '1', '10', '100', '1.0', '1.00', '1.50', '100.0', '1e2', '100e-2', '10e-1',
    '1.0e0', '0.1e1', '0.01e2', '12300e-2', '0.00123e5', '1e0', '1e-0', '1e+0', '1E-00', '1e007', '1e-007',
    '1e+007', '1E+000021', '1e00000000000000000000000000000000021', '1.0e-0000000000000000000000000007',
    '0.1', '0.2', '0.30000000000000004', '0.3', '5e-1', '1.7976931348623157e308', '123456.789', '1e5', '1e6',
  );
  for (let exponent = -12; exponent <= 25; exponent++) {
    for (const digits of ['1', '1.5', '9.9', '1.25', '9.999999999999999', '1.2345678901234567', '4.35', '8.5']) {
      yield `${digits}e${exponent}`;
      yield `-${digits}E${exponent < 0 ? exponent : `+${exponent}`}`;
    }
  }
}

function* zerosOverflowAndUnderflow() {
  yield* bothSigns(
    '0', '0.0', '0.00', '0e0', '0e1', '0E5', '0e-5', '0.0e+10', '0e999999999', '0e-999999999', '0.000e308',
    '0e99999999999999999999', '0.0e-99999999999999999999', `0.${'0'.repeat(400)}`,
    '1e309', '1e400', '1e999999999', '1E+999999999', '1e2147483647', '1e2147483648', '1e4294967296',
    '1e9223372036854775807', '1e9223372036854775808', '1e18446744073709551616', `1e${'9'.repeat(300)}`,
    '1e-999999999', '1E-999999999', '1e-2147483648', '1e-2147483649', '1e-9223372036854775808',
    '1e-9223372036854775809', `1e-${'9'.repeat(300)}`, '1e-400', '1e-324', '2e-324', '2.4703282292062327e-324',
    '2.4703282292062328e-324', '2.5e-324', '3e-324', '1.8e308', '1.7976931348623158e308',
    '1.7976931348623159e308', '1.797693134862315807e308', '1.797693134862315808e308', '17976931348623157e292',
    '0.0000000001e318', '0.0000000001e319', `0.${'0'.repeat(400)}1e401`, `0.${'0'.repeat(400)}1e710`,
    `1${'0'.repeat(400)}e-400`, `1${'0'.repeat(308)}`, `1${'0'.repeat(309)}`, `9${'9'.repeat(308)}`,
    `1${'0'.repeat(700)}e-1020`, `1${'0'.repeat(700)}e-1024`,
  );
}

function* integersNearPowers() {
  const centres = [
    2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 54n, 2n ** 55n, 2n ** 62n, 2n ** 63n, 2n ** 64n, 2n ** 65n, 2n ** 69n,
    2n ** 70n, 10n ** 15n, 10n ** 16n, 10n ** 17n, 10n ** 18n, 10n ** 19n, 10n ** 20n, 10n ** 21n, 10n ** 22n,
    10n ** 23n,
  ];
  for (const centre of centres) {
    for (let offset = -20n; offset <= 20n; offset++) {
      yield `${centre + offset}`;
    }
    for (const offset of [-1n, 1n, -3n, 3n]) {
      yield `-${centre + offset}`;
      yield `${centre + offset}.0`;
      yield `${centre + offset}.5`;
      yield `${centre + offset}e0`;
      yield `${centre + offset}0e-1`;
    }
    for (let step = 1n; step <= 8n; step++) {
      yield `${centre + step * 512n}`;
      yield `${centre - step * 1024n}`;
      yield `${centre + step * 65536n}`;
    }
  }
}

function* powersOfTwo() {
  for (let exponent = -1074; exponent <= 1023; exponent++) {
    const value = 2 ** exponent;
    yield `${value}`;
    if (exponent % 16 === 0 || exponent < -1066 || exponent > 1016) {
      yield spelled(exactly(value));
    }
    const bits = toBits(value);
    yield `${fromBits(bits + 1n)}`;
    if (bits > 1n) {
      yield `-${fromBits(bits - 1n)}`;
    }
  }
}

function* powersOfTen() {
  for (let exponent = -400; exponent <= 400; exponent++) {
    yield `1e${exponent}`;
    yield `1E${exponent}`;
    yield exponent < 0 ? `1e-0${-exponent}` : `1e+${exponent}`;
    yield exponent < 0 ? `0.${'0'.repeat(-exponent - 1)}1` : `1${'0'.repeat(exponent)}`;
  }
}

function* subnormalsAndExtremes() {
  const smallestNormalBits = toBits(2.2250738585072014e-308);
  const maxBits = toBits(Number.MAX_VALUE);
  for (let step = 1n; step <= 200n; step++) {
    yield `${fromBits(step)}`;
  }
  for (let step = 0n; step <= 40n; step++) {
    yield `${fromBits(smallestNormalBits - step)}`;
    yield `${fromBits(smallestNormalBits + step)}`;
    yield `${fromBits(maxBits - step)}`;
  }
  for (const bits of [1n, 2n, 3n, smallestNormalBits - 1n, smallestNormalBits, maxBits - 1n, maxBits]) {
    const value = fromBits(bits);
    yield spelled(exactly(value));
    yield scientific(exactly(value));
    yield* around(midpointAbove(value));
  }
  const half = { unscaled: 5n ** 1075n, scale: 1075 }; // 2^-1075, in the middle between 0 and the least double
  yield* around(half);
}

// Double.toString of Java before 19 wrote more digits than needed for these, or for their like.
function* doublesThatOldPrintersLengthen() {
  yield* bothSigns(
    '2.0E-3', '2e-3', '0.002', '1.0E23', '1e23', '2.0E-323', '2e-323', '4.9E-324', '5e-324', '1.5e-323',
    '9.9e-324', '2.2250738585072014E-308', '2.2250738585072011e-308', '2.2250738585072012e-308', '2.0e-322',
    '2e23', '8.41E21', '2.0E22', '5.0E22', '8.41e21', '9.5E-322', '1.1E-322', '8.4e-323', '2.99e-322',
    '1.0E22', '2.2E-322', '2.85e-321', '9.007199254740992e15', '9.007199254740993e15', '4.8726570057e288',
    '1.9400994884341945e25', '3.6131332396758635e25', '2.5138990223946153e25', '2.98023223876953125e-8',
    '5.764607523034235e39', '1.152921504606847e40', '2.305843009213694e40', '9.5367431640625e-7',
    '1.8446744073709552e19', '9.223372036854776e18', '4.35', '0.285', '1.005', '2.0e-44', '1.4e-45',
    '6.02214076e23', '1.6e-35', '7.0e-10', '2.109808898695963e16', '4.940656E-318', '1.18575755E-316',
    '2.989102097996E-312', '9.0608011534336E15', '4.708356024711512E18', '9.409340012568248E18',
    '1.8531501765868567E21', '1.1', '3.347727380279489e33', '1.9430376160308388e16',
    '6.9741824662760956e19', '4.3816050601147837e18', '1.7800590868057611E-307',
    '2.8480945388892175E-306', '2.446494580089078E-296', '4.8929891601781557E-296', '1.8014398509481984E16',
    '3.6028797018963964E16', '2.900835519859558E-216', '5.801671039719115E-216', '3.196104012172126E-27',
  );
  for (let exponent = -323; exponent <= 308; exponent++) {
    yield `2.0E${exponent}`;
    yield `5e${exponent}`;
  }
}

function randomFinite(random) {
  for (;;) {
    const value = fromBits((BigInt(random.uint32()) << 32n) | BigInt(random.uint32()));
    if (Number.isFinite(value)) {
      return value;
    }
  }
}

function* randomBitPatterns(random) {
  for (let count = 0; count < 2000; count++) {
    const value = randomFinite(random);
    yield `${value}`;
    yield value.toPrecision(random.between(17, 21));
    yield value.toExponential(random.between(0, 25));
    yield respelled(`${value}`, random);
  }
}

// The same value, or one with zeros added, in another of the spellings that JSON allows.
function respelled(text, random) {
  const [, sign, whole, fraction = '', exponentText = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text);
  let digits = whole + fraction + '0'.repeat(random.pick([0, 0, 1, 3]));
  let exponent = Number(exponentText) - fraction.length - (digits.length - whole.length - fraction.length);
  digits = digits.replace(/^0+(?=.)/, '');
  const decimals = random.between(0, digits.length + 2);
  exponent += decimals;
  const padded = digits.padStart(decimals + 1, '0');
  const mantissa = decimals === 0 ? padded : `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
  const exponentSign = exponent < 0 ? '-' : random.pick(['', '+']);
  const zeros = random.pick(['', '', '0', '000']);
  return `${sign}${mantissa}${random.pick(['e', 'E'])}${exponentSign}${zeros}${Math.abs(exponent)}`;
}

function* shortDecimals(random) {
  for (let count = 0; count < 5000; count++) {
    const length = random.pick([15, 16, 17, 18]);
    const digits = `${random.between(1, 9)}${random.digits(length - 1)}`;
    const point = random.between(0, length);
    const sign = random.pick(['', '-']);
    yield point === 0 ? `${sign}0.${digits}` : point === length ? sign + digits
      : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  }
  for (let count = 0; count < 1500; count++) { // amounts, rates and the like
    yield `${random.pick(['', '-'])}${random.below(10 ** random.between(1, 7))}.${random.digits(random.between(1, 6))}`;
  }
  for (let count = 0; count < 1000; count++) {
    yield respelled(`${random.below(10 ** random.between(1, 9)) / 10 ** random.between(0, 4)}`, random);
  }
}

function* exactExpansions(random) {
  for (let count = 0; count < 200; count++) {
    yield spelled(exactly(Math.abs(randomFinite(random))));
  }
  for (let count = 0; count < 700; count++) {
    yield plain(exactly(mediumSized(random)));
  }
}

// A double between 2^-60 and 2^80, whose exact expansion is not long.
function mediumSized(random) {
  const biased = BigInt(1023 + random.between(-60, 80));
  return fromBits((biased << 52n) | (BigInt(random.uint32() & 0xfffff) << 32n) | BigInt(random.uint32()));
}

function* midpoints(random) {
  for (let count = 0; count < 180; count++) {
    yield* around(midpointAbove(Math.abs(randomFinite(random))));
  }
  for (let count = 0; count < 900; count++) {
    yield* around(midpointAbove(mediumSized(random)));
  }
  for (let count = 0; count < 60; count++) { // only the last of a thousand characters says where to round
    const text = plain(midpointAbove(mediumSized(random)));
    const pointed = text.includes('.') ? text : `${text}.`;
    yield `${pointed.padEnd(LONGEST - 1, '0')}1`;
    yield pointed.padEnd(LONGEST, '0');
  }
}

function* around({ unscaled, scale }) {
  for (const step of [-1n, 0n, 1n]) {
    yield spelled({ unscaled: unscaled + step, scale });
  }
}

function* ofExactlyTheLongestLength(random) {
  const fill = (start, end = '') => start + random.digits(LONGEST - start.length - end.length) + end;
  const zeros = (start, end = '') => start + '0'.repeat(LONGEST - start.length - end.length) + end;
  for (let count = 0; count < 10; count++) {
    yield fill('1');
    yield fill('-9');
    yield fill(`${random.between(1, 9)}.`);
    yield fill(`-0.${random.between(1, 9)}`);
    yield fill('7', 'e-900');
    yield fill('3', `e-${random.between(980, 1010)}`);
    yield fill('-1.', 'E+100');
    yield fill(`0.${'0'.repeat(300)}`, `e${random.between(1, 9)}00`);
  }
  yield zeros('1');
  yield zeros('-1');
  yield zeros('1.');
  yield zeros('-0.');
  yield zeros('0.', '1');
  yield zeros('1.', '1');
  yield zeros('0.', '1e990');
  yield zeros('0.', '1e+999');
  yield zeros('1', 'e-993');
  yield zeros('1', 'e-0999');
  yield zeros('1e', '7');
  yield zeros('1e-', '7');
  yield `1e${'9'.repeat(LONGEST - 2)}`;
  yield `-1E-${'9'.repeat(LONGEST - 4)}`;
  yield '9'.repeat(LONGEST);
}
