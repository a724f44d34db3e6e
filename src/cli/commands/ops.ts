/** Runs `inceptc ops`: lists the operators, or describes one, as text or JSON. */
import { type OperatorDefinition, operators } from "../../compiler/index.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { renderOperator, renderOperatorList } from "../ops/render-operators.ts";
import { toJsonOperator } from "../ops/to-json-operator.ts";
import { type ColorChoice, createPrinter } from "../printer.ts";
import { nearest } from "../suggestion.ts";
import type { Terminal } from "../terminal.ts";

export interface OpsOptions {
  readonly format: "text" | "json";
  readonly color: ColorChoice;
}

/** Prints to standard output. Throws a {@link Failure} (exit code 2) for an operator that does not exist. */
export function runOps(
  name: string | undefined,
  { format, color }: OpsOptions,
  terminal: Terminal,
): ExitCode {
  const all = Object.values<OperatorDefinition>(operators);
  const chosen = name === undefined ? all : all.filter((operator) => operator.name === name);
  if (name !== undefined && chosen.length === 0) {
    const names = all.map((operator) => operator.name);
    throw new Failure(
      EXIT_CODES.usage,
      `there is no operator called \`${name}\``,
      nearest(name, names) ?? `the operators are ${names.join(", ")}`,
    );
  }
  if (format === "json") {
    const shown = { formatVersion: 1, operators: chosen.map(toJsonOperator) };
    terminal.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    return EXIT_CODES.ok;
  }
  const printer = createPrinter(terminal.stdout, terminal.env, color);
  const [first] = chosen;
  printer.write(
    name !== undefined && first !== undefined
      ? renderOperator(first, printer)
      : renderOperatorList(chosen, printer),
  );
  return EXIT_CODES.ok;
}
