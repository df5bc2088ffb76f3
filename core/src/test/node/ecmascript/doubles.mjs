// Exact arithmetic on IEEE doubles, with BigInt.
const view = new DataView(new ArrayBuffer(8));

export function fromBits(bits) {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

export function toBits(value) {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

// A finite positive double as mantissa * 2^exponent.
function parts(value) {
  const bits = toBits(value);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

// unscaled * 10^-scale, exactly mantissa * 2^exponent
function decimal(mantissa, exponent) {
  return exponent >= 0
    ? { unscaled: mantissa << BigInt(exponent), scale: 0 }
    : { unscaled: mantissa * 5n ** BigInt(-exponent), scale: -exponent };
}

export function exactly(value) {
  const { mantissa, exponent } = parts(value);
  return decimal(mantissa, exponent);
}

// The middle between a positive double and the next larger one: the reader must round to even.
export function midpointAbove(value) {
  const { mantissa, exponent } = parts(value);
  return decimal(2n * mantissa + 1n, exponent - 1);
}

export function plain({ unscaled, scale }) {
  const digits = unscaled.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function scientific({ unscaled, scale }) {
  const digits = unscaled.toString();
  const exponent = digits.length - 1 - scale;
  return `${digits[0]}${digits.length > 1 ? '.' : ''}${digits.slice(1)}e${exponent}`;
}

// Plain notation where it keeps to the limit of 1,000 characters, scientific elsewhere.
export function spelled(number) {
  const text = plain(number);
  return text.length <= 1000 ? text : scientific(number);
}
