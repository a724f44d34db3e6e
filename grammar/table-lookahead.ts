/** Tells the parser how to choose between alternatives from a table, which Chevrotain would work out at every start. */
import {
  EOF,
  type ILookaheadStrategy,
  type IOrAlt,
  type IToken,
  LLkLookaheadStrategy,
  type TokenType,
} from "chevrotain";
import { LOOKAHEAD } from "./lookahead.generated.ts";
import { allTokens } from "./tokens.ts";

type OnAlternation = Parameters<ILookaheadStrategy["buildLookaheadForAlternation"]>[0];
type OnOptional = Parameters<ILookaheadStrategy["buildLookaheadForOptional"]>[0];

/** What a parser lets its strategy see. */
interface Reader {
  LA(howFar: number): IToken;
}

/** What follows a token, by the number of its type; `true` ends a path, and so does a table that holds `true` under 0. */
type Paths = Map<number, Paths | true>;

/** The key that ends a path: no token has this number. */
const END = 0;

/** The key of a choice in {@link LOOKAHEAD}. */
export function lookaheadKey(rule: string, kind: string, occurrence: number): string {
  return `${rule} ${kind} ${occurrence}`;
}

/** What {@link lookaheadKey} was made of. */
export function parseLookaheadKey(key: string): {
  readonly rule: string;
  readonly kind: string;
  readonly occurrence: number;
} {
  const [rule = "", kind = "", occurrence] = key.split(" ");
  return { rule, kind, occurrence: Number(occurrence) };
}

/** Chevrotain's own strategy with its results read from the table. */
export class TableLookahead extends LLkLookaheadStrategy {
  override buildLookaheadForAlternation({ rule, prodOccurrence }: OnAlternation) {
    return chooseAlternative(lookaheadKey(rule.name, "Alternation", prodOccurrence));
  }

  override buildLookaheadForOptional({ rule, prodType, prodOccurrence }: OnOptional) {
    return chooseOptional(lookaheadKey(rule.name, prodType, prodOccurrence));
  }
}

/** The function for a choice of the table; it reads its part of the table when it is first called. */
export function choiceFunction(key: string): () => number | boolean | undefined {
  const isAlternation = parseLookaheadKey(key).kind === "Alternation";
  return isAlternation ? chooseAlternative(key) : chooseOptional(key);
}

function chooseAlternative(key: string): () => number | undefined {
  let alternatives: readonly Paths[] | undefined;
  return function (this: Reader, gated?: IOrAlt<unknown>[]): number | undefined {
    alternatives ??= readTable(key);
    const index = alternatives.findIndex(
      (paths, at) => gated?.[at]?.GATE?.call(this) !== false && isAhead(this, paths),
    );
    return index < 0 ? undefined : index;
  };
}

function chooseOptional(key: string): () => boolean {
  let paths: Paths | undefined;
  return function (this: Reader): boolean {
    paths ??= readTable(key)[0] ?? new Map();
    return isAhead(this, paths);
  };
}

/** Whether the next tokens begin as one of the paths does. */
function isAhead(parser: Reader, paths: Paths): boolean {
  let rest: Paths | true | undefined = paths;
  for (let ahead = 1; rest !== undefined && rest !== true && !rest.has(END); ahead++) {
    rest = rest.get(parser.LA(ahead).tokenTypeIdx);
  }
  return rest !== undefined;
}

function readTable(key: string): readonly Paths[] {
  const alternatives = LOOKAHEAD[key];
  if (!alternatives) {
    throw new Error(`no lookahead for "${key}": run \`npm run generate:grammar\``);
  }
  return alternatives.map(toPaths);
}

function toPaths(texts: readonly string[]): Paths {
  const paths: Paths = new Map();
  for (const text of texts) addPath(paths, text === "" ? [] : text.split(" "));
  return paths;
}

function addPath(paths: Paths, [name, ...rest]: readonly string[]): void {
  if (name === undefined) {
    paths.set(END, true);
    return;
  }
  const type = tokenNamed(name);
  for (const index of [type.tokenTypeIdx ?? END, ...(type.categoryMatches ?? [])]) {
    const known = paths.get(index);
    if (known === true) continue;
    if (rest.length === 0) {
      paths.set(index, true);
    } else {
      const next: Paths = known ?? new Map();
      paths.set(index, next);
      addPath(next, rest);
    }
  }
}

const tokensByName: ReadonlyMap<string, TokenType> = new Map(
  [...allTokens, EOF].map((type) => [type.name, type]),
);

function tokenNamed(name: string): TokenType {
  const type = tokensByName.get(name);
  if (!type) throw new Error(`no token "${name}": run \`npm run generate:grammar\``);
  return type;
}
