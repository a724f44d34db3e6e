/** Runs `inceptc weights inspect`: lists the tensors of a checkpoint. */
import { formatBytes, formatExact } from "../../../compiler/core/format-count.ts";
import { type Checkpoint, storedBytes, valueCount } from "../../../weights/index.ts";
import { EXIT_CODES, type ExitCode } from "../../exit-codes.ts";
import { type ColorChoice, createPrinter } from "../../printer.ts";
import { renderTable } from "../../render-table.ts";
import type { Terminal } from "../../terminal.ts";
import { withCheckpoint } from "./open-weights.ts";

export interface InspectOptions {
  readonly format: "text" | "json";
  readonly color: ColorChoice;
}

export async function runInspect(
  file: string,
  { format, color }: InspectOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  await withCheckpoint(file, terminal, async (checkpoint) => {
    if (format === "json") {
      terminal.stdout.write(`${JSON.stringify(toJson(checkpoint), null, 2)}\n`);
      return;
    }
    const printer = createPrinter(terminal.stdout, terminal.env, color);
    for (const line of describe(checkpoint)) printer.line(line);
  });
  return EXIT_CODES.ok;
}

function toJson({ format, tensors, metadata }: Checkpoint) {
  return {
    formatVersion: 1,
    format,
    metadata,
    tensors: tensors.map((tensor) => ({
      name: tensor.name,
      type: tensor.type,
      shape: tensor.shape,
      bytes: storedBytes(tensor),
      ...(tensor.place === undefined ? {} : { place: tensor.place }),
    })),
  };
}

function describe({ name, format, tensors, metadata }: Checkpoint): readonly string[] {
  const values = tensors.reduce((count, { shape }) => count + valueCount(shape), 0);
  const bytes = tensors.reduce((count, tensor) => count + storedBytes(tensor), 0);
  const rows = tensors.map((tensor) => [
    tensor.name,
    tensor.type,
    tensor.shape.join("×") || "scalar",
    formatBytes(storedBytes(tensor)),
  ]);
  return [
    `${name}: ${format}, ${formatExact(tensors.length)} tensors, ${formatExact(values)} values, ${formatBytes(bytes)}`,
    ...Object.entries(metadata).map(([key, value]) => `  ${key}: ${value}`),
    "",
    ...renderTable(rows, ["left", "left", "left", "right"]),
  ];
}
