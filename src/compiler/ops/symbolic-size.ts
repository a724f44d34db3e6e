/**
 * Arithmetic on sizes written with symbols, such as `ceil(H / 2)`; simple cases are normalized so that equal sizes
 * compare equal.
 */

/** `H - 2` plus 3 is `H + 1`; an offset of 0 leaves the symbol alone. */
export function offsetSymbol(symbol: string, offset: number): string {
  const split = /^(.*) ([+-]) (\d+)$/.exec(symbol);
  const base = split?.[1] ?? symbol;
  const already = split ? Number(`${split[2]}${split[3]}`) : 0;
  const total = already + offset;
  if (total === 0) return base;
  return total > 0 ? `${base} + ${total}` : `${base} - ${-total}`;
}

/** `ceil(H / 2)`; halving `ceil(H / 2)` once more gives `ceil(H / 4)`, which is the same number. */
export function ceilDivideSymbol(symbol: string, divisor: number): string {
  if (divisor === 1) return symbol;
  const split = /^ceil\((.*) \/ (\d+)\)$/.exec(symbol);
  const inner = split?.[1];
  if (inner !== undefined && isBalanced(inner)) {
    return `ceil(${inner} / ${Number(split?.[2]) * divisor})`;
  }
  return `ceil(${term(symbol)} / ${divisor})`;
}

/** `2 * H`. */
export function multiplySymbol(symbol: string, factor: number): string {
  return factor === 1 ? symbol : `${factor} * ${term(symbol)}`;
}

/** The symbol, in parentheses where it would fall apart inside a product. */
export function term(symbol: string): string {
  const isWord = /^\w+$/.test(symbol);
  const isCall =
    /^\w+\(.*\)$/.test(symbol) && isBalanced(symbol.slice(symbol.indexOf("(") + 1, -1));
  return isWord || isCall ? symbol : `(${symbol})`;
}

/** Whether every parenthesis in the text is closed inside it, and none before it is opened. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth++;
    if (character === ")") depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}
