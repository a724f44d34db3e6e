/** Chooses identifiers in generated code that are readable, unique and never a reserved word. */

/** Words that an identifier may not be, and names that generated code reads from its surroundings. */
const TAKEN: ReadonlySet<string> = new Set(
  `abstract any arguments as async await boolean break case catch class const constructor continue debugger declare
  default delete do else enum eval export extends false finally for from function get if implements import in
  instanceof interface is let module namespace never new null number object of package private protected public
  readonly require return set static string super switch symbol this throw true try type typeof undefined unknown
  var void while with yield Array Error Infinity Math NaN Number Object String Uint8Array Uint8ClampedArray tf
  globalThis decodeURI decodeURIComponent encodeURI encodeURIComponent escape hasOwnProperty isFinite isNaN isPrototypeOf
  parseFloat parseInt propertyIsEnumerable toLocaleString toString unescape valueOf`.split(/\s+/),
);

export interface IdentifierNamer {
  /** The wanted identifier, or the nearest free one; nobody gets it again. */
  claim(wanted: string): string;
  /** A scope inside this one: it sees the identifiers of this one, and what it claims would hide later ones of the same name. */
  enter(): IdentifierNamer;
}

export function createIdentifierNamer(): IdentifierNamer {
  return createScope(
    (identifier) => TAKEN.has(identifier),
    () => {},
  );
}

function createScope(
  isTakenAround: (identifier: string) => boolean,
  tellAround: (identifier: string) => void,
): IdentifierNamer {
  const own = new Set<string>();
  const inside = new Set<string>();
  const counts = new Map<string, number>();
  const isSeen = (identifier: string): boolean => own.has(identifier) || isTakenAround(identifier);
  return {
    claim: (wanted) => {
      const separator = /\d$/.test(wanted) ? "_" : "";
      let identifier = wanted;
      let count = counts.get(wanted) ?? 1;
      while (isSeen(identifier) || inside.has(identifier)) {
        count++;
        identifier = `${wanted}${separator}${count}`;
      }
      counts.set(wanted, count);
      own.add(identifier);
      tellAround(identifier);
      return identifier;
    },
    enter: () =>
      createScope(isSeen, (identifier) => {
        inside.add(identifier);
        tellAround(identifier);
      }),
  };
}

/** `mixed_5b` → `mixed5b`, `InceptionA` → `inceptionA`, `SEBottleneck` → `seBottleneck`. */
export function camelCase(name: string): string {
  const firstWord = /^(?:[A-Z]+(?![a-z])|[A-Z])/;
  return capitalized(name).replace(firstWord, (word) => word.toLowerCase());
}

/** `hard_swish` → `HardSwish`. */
export function capitalized(name: string): string {
  return name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
