/** What every name of a program means: its declarations, and the places that refer to each. */
import type { SourceFile } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import type { Identifier, Parameter } from "../syntax/ast.ts";

export interface Declaration {
  /**
   * A `size` is a name that the input of a signature binds, an `input-size` one that a network gives to a size of its input, an
   * `index` that of a repeat.
   */
  readonly kind: "value" | "parameter" | "size" | "input-size" | "index" | "module" | "network";
  readonly name: Identifier;
  /** All of it, for what is not a block of its own. */
  readonly span: Span;
  /** The module or network that a parameter or size belongs to. */
  readonly owner: string | undefined;
  /** What the name meant around the block that it is declared for. */
  readonly hidden: Declaration | undefined;
}

export interface Reference {
  /** Where the name stands. */
  readonly span: Span;
  readonly declaration: Declaration;
  /** An import brings the name into a file; an argument or a `set` edit gives a parameter its value; all else reads it. */
  readonly role: "read" | "import" | "argument";
}

/** Where a name begins. */
export type NamePlace = Pick<Span, "file" | "start">;

/** What may be read at a place. */
export interface Visible {
  /** Names of values, outermost first. */
  readonly names: readonly string[];
  /** Whether a residual is around the place, or may be around the module or edit that it is in. */
  readonly hasTrunk: boolean;
}

/** What names mean: enough to check and to evaluate expressions. */
export interface Names {
  /** What the name at the place means, whether it is declared or used there; nothing where no known name begins. */
  declarationAt(place: NamePlace): Declaration | undefined;
  /** What may be read where a name stands that means nothing known. */
  visibleAt(place: NamePlace): Visible;
}

export interface Resolution extends Names {
  /** File by file. */
  readonly declarations: readonly Declaration[];
  referencesTo(declaration: Declaration): readonly Reference[];
}

/** A resolution while it is made. */
export interface OpenResolution extends Resolution {
  declare(kind: Declaration["kind"], declared: Declared, around?: Around): void;
  /** The declaration whose name this is. */
  declared(name: Identifier): Declaration | undefined;
  /** One of these parameters by its name. */
  parameterNamed(name: string, parameters: readonly Parameter[]): Declaration | undefined;
  /** Nothing is noted where the name has no declaration. */
  refer(span: Span, declaration: Declaration | undefined, role?: Reference["role"]): void;
  /** A name without a declaration; the scope may get more names afterwards. */
  noteUnknown(place: NamePlace, scope: ReadonlyMap<string, unknown>, hasTrunk: boolean): void;
}

/** What has a name in the syntax. */
export interface Declared {
  readonly name: Identifier;
  readonly span: Span;
}

/** What is around a declaration. */
export interface Around {
  readonly owner?: string;
  readonly hidden?: Declaration | undefined;
}

export function createResolution(): OpenResolution {
  const byName = new Map<Identifier, Declaration>();
  const references = new Map<Declaration, Reference[]>();
  const byPlace = new Map<SourceFile, Map<number, Declaration>>();
  const unknown = new Map<SourceFile, Map<number, OpenVisible>>();
  const byParameters = new Map<readonly Parameter[], ReadonlyMap<string, Identifier>>();
  const notePlace = ({ file, start }: NamePlace, declaration: Declaration): void => {
    const ofFile = byPlace.get(file) ?? new Map<number, Declaration>();
    byPlace.set(file, ofFile.set(start, declaration));
  };
  return {
    get declarations() {
      return [...byName.values()];
    },
    referencesTo: (declaration) => references.get(declaration) ?? [],
    declarationAt: ({ file, start }) => byPlace.get(file)?.get(start),
    visibleAt: ({ file, start }) => {
      const { scope, count, hasTrunk } = unknown.get(file)?.get(start) ?? NOTHING_VISIBLE;
      return { names: [...scope.keys()].slice(0, count), hasTrunk };
    },
    declared: (name) => byName.get(name),
    declare: (kind, { name, span }, { owner, hidden } = {}) => {
      if (byName.has(name)) return;
      const declaration = { kind, name, span, owner, hidden };
      byName.set(name, declaration);
      notePlace(name.span, declaration);
    },
    parameterNamed: (name, parameters) => {
      const known =
        byParameters.get(parameters) ?? new Map(parameters.map((one) => [one.name.text, one.name]));
      byParameters.set(parameters, known);
      const found = known.get(name);
      return found && byName.get(found);
    },
    refer: (span, declaration, role = "read") => {
      if (!declaration) return;
      const all = references.get(declaration) ?? [];
      all.push({ span, declaration, role });
      references.set(declaration, all);
      notePlace(span, declaration);
    },
    noteUnknown: ({ file, start }, scope, hasTrunk) => {
      const ofFile = unknown.get(file) ?? new Map<number, OpenVisible>();
      unknown.set(file, ofFile.set(start, { scope, count: scope.size, hasTrunk }));
    },
  };
}

/** A scope as it was when it had `count` names; later ones are at its end. */
interface OpenVisible {
  readonly scope: ReadonlyMap<string, unknown>;
  readonly count: number;
  readonly hasTrunk: boolean;
}

const NOTHING_VISIBLE: OpenVisible = { scope: new Map(), count: 0, hasTrunk: false };
