/**
 * Collects the statements of one function: which variable holds which tensor, and what a loop carries from pass to
 * pass.
 */
import type { Property } from "./code.ts";
import type { IdentifierNamer } from "./identifiers.ts";
import { pathLiteral } from "./literals.ts";
import type { Statement, Variable } from "./statements.ts";

/** The current tensor while a block is written. */
export interface Chain {
  value: Variable;
  /** What the chain may assign to; absent until its first step, so that the input stays whole. */
  own: Variable | undefined;
  /** The preferred identifier for a separate variable; absent for the running tensor, which is called `x`. */
  readonly wanted?: string;
}

/** A call of a layer function or module: everything but the variable that it is assigned to. */
export interface Call {
  readonly callee: string;
  readonly inputs: Variable | readonly Variable[];
  /** The layer's name, or where the names of a module's layers begin. */
  readonly path: string;
  readonly properties: readonly Property[];
  /** Shape of the result, as a comment; empty where there is nothing to say. */
  readonly shape: string;
}

export interface StatementWriter {
  readonly statements: readonly Statement[];
  /** The function's main chain, from the variable that holds its input. */
  start(input: string): Chain;
  /** A new chain that starts at the current tensor of this one and does not change it. */
  branchOff(chain: Chain, wanted: string): Chain;
  assign(chain: Chain, call: Call): void;
  line(text: string): void;
  /** A loop of what `write` makes of the chain; `index` is the variable that counts. */
  loop(
    chain: Chain,
    range: { readonly from: number; readonly to: number },
    write: (chain: Chain, index: string) => void,
  ): void;
}

const RUNNING = "x";

const LOOP_VARIABLES = ["i", "j", "k"];

export function createStatementWriter(locals: IdentifierNamer): StatementWriter {
  const loopVariables = LOOP_VARIABLES.map(locals.claim);
  let statements: Statement[] = [];
  let loopDepth = 0;

  const newVariable = ({ wanted }: Chain): Variable => ({
    identifier: wanted === undefined ? RUNNING : locals.claim(wanted),
    assignments: 0,
  });

  return {
    get statements() {
      return statements;
    },
    start: (identifier) => {
      const input: Variable = { identifier, assignments: 1 };
      return { value: input, own: identifier === RUNNING ? input : undefined };
    },
    branchOff: ({ value }, wanted) => ({ value, own: undefined, wanted }),
    assign: (chain, { callee, inputs, path, properties, shape }) => {
      const declares = chain.own === undefined;
      const target = chain.own ?? newVariable(chain);
      target.assignments++;
      chain.own = target;
      chain.value = target;
      statements.push({
        kind: "assign",
        target,
        declares,
        callee,
        arguments: [
          "identifier" in inputs
            ? inputs.identifier
            : { items: inputs.map(({ identifier }) => identifier) },
          pathLiteral(path),
          ...(properties.length > 0 ? [{ properties }] : []),
        ],
        comment: shape,
      });
    },
    line: (text) => {
      statements.push({ kind: "line", text });
    },
    loop: (chain, { from, to }, write) => {
      const index = loopVariables[loopDepth] ?? locals.claim(RUNNING + loopDepth);
      const around = statements;
      const body: Statement[] = [];
      // What a loop assigns to is declared before it.
      const carried = chain.own ?? { ...newVariable(chain), assignments: 1 };
      const inner: Chain = { ...chain, value: carried, own: carried };
      statements = body;
      loopDepth++;
      write(inner, index);
      loopDepth--;
      if (inner.value !== carried) body.push(copy(inner.value, carried));
      statements = around;
      if (body.length === 0) return;
      if (chain.own === undefined) {
        statements.push({ kind: "alias", target: carried, source: chain.value });
      } else if (chain.value !== carried) statements.push(copy(chain.value, carried));
      chain.own = carried;
      chain.value = carried;
      statements.push({ kind: "loop", index, from, to, body });
    },
  };
}

function copy(source: Variable, target: Variable): Statement {
  target.assignments++;
  return { kind: "line", text: `${target.identifier} = ${source.identifier};` };
}
