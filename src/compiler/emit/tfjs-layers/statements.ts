/** The kinds of statements that generated functions consist of, and how they are printed. */
import { unreachable } from "../../core/assert.ts";
import { type Argument, BODY_WIDTH, indent, layOutCall } from "./layout.ts";

/** A tensor on its way; whether it is a `const` shows once all statements are known. */
export interface Variable {
  readonly identifier: string;
  assignments: number;
}

export type Statement =
  | {
      readonly kind: "assign";
      readonly target: Variable;
      readonly declares: boolean;
      /** Whether the value is returned and not assigned after all. */
      readonly returns?: boolean;
      readonly callee: string;
      readonly arguments: readonly Argument[];
      /** Shape of the result; empty where it is not known. */
      readonly comment: string;
    }
  | { readonly kind: "alias"; readonly target: Variable; readonly source: Variable }
  | {
      readonly kind: "loop";
      readonly index: string;
      readonly from: number;
      readonly to: number;
      readonly body: readonly Statement[];
    }
  | { readonly kind: "line"; readonly text: string };

/** The statements, and one that returns `output`; where the last computes it, that is the one. */
export function withReturn(
  statements: readonly Statement[],
  output: Variable,
): readonly Statement[] {
  const last = statements.at(-1);
  if (last?.kind !== "assign" || last.target !== output) {
    return [...statements, { kind: "line", text: `return ${output.identifier};` }];
  }
  output.assignments--;
  return [...statements.slice(0, -1), { ...last, returns: true }];
}

/** Lines that fit in `width` columns, without the indentation of the function. */
export function printStatements(
  statements: readonly Statement[],
  width = BODY_WIDTH,
): readonly string[] {
  return statements.flatMap((statement) => {
    switch (statement.kind) {
      case "assign": {
        const { target, declares, returns, callee, comment } = statement;
        const assigned = `${declares ? keyword(target) : ""}${target.identifier} =`;
        const head = `${returns ? "return" : assigned} ${callee}`;
        const lines = layOutCall(head, statement.arguments, ";", width);
        return comment === "" ? lines : withComment(lines, comment);
      }
      case "alias":
        return [
          `${keyword(statement.target)}${statement.target.identifier} = ${statement.source.identifier};`,
        ];
      case "loop": {
        const { index, from, to, body } = statement;
        return [
          `for (let ${index} = ${from}; ${index} < ${to}; ${index}++) {`,
          ...indent(printStatements(body, width - 2)),
          "}",
        ];
      }
      case "line":
        return [statement.text];
      default:
        return unreachable(statement);
    }
  });
}

function keyword(variable: Variable): string {
  return variable.assignments > 1 ? "let " : "const ";
}

function withComment(lines: readonly string[], comment: string): readonly string[] {
  return [...lines.slice(0, -1), `${lines[lines.length - 1]} // ${comment}`];
}
