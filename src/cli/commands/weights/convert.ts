/** Runs `inceptc weights convert`: writes a checkpoint under the names of a network's generated code. */
import { extname, resolve } from "node:path";
import { formatBytes, formatExact } from "../../../compiler/core/format-count.ts";
import { TOOL_VERSION } from "../../../compiler/core/tool-version.ts";
import { WriteError, writeStream } from "../../../node/write-files.ts";
import {
  fittedTensors,
  type TensorToWrite,
  type WrittenType,
  writeNpz,
  writeSafetensors,
} from "../../../weights/index.ts";
import { EXIT_CODES, type ExitCode } from "../../exit-codes.ts";
import { Failure } from "../../failure.ts";
import { createMessagePrinter } from "../../options.ts";
import { createPrinter } from "../../printer.ts";
import type { Terminal } from "../../terminal.ts";
import { attemptWrite } from "../../write-output.ts";
import {
  bestOf,
  type Fitted,
  fitsWhole,
  namingsFor,
  openNamedSource,
  type WeightsOptions,
} from "./load-fit.ts";
import { withCheckpoint } from "./open-weights.ts";
import { fitToJson, renderFit } from "./render-fit.ts";

export interface ConvertOptions extends WeightsOptions {
  readonly to: string;
  readonly half?: true;
  readonly force?: true;
}

/** The formats that are written, by extension. */
const WRITERS: Readonly<
  Record<
    string,
    (
      tensors: readonly TensorToWrite[],
      metadata: Readonly<Record<string, string>>,
      type: WrittenType,
    ) => AsyncIterable<Uint8Array>
  >
> = {
  ".safetensors": writeSafetensors,
  ".npz": (tensors, _, type) => writeNpz(tensors, type),
};

/** Writes nothing unless all tensors fit; then exits with 0. */
export async function runConvert(
  spec: string,
  file: string,
  options: ConvertOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const write = WRITERS[extname(options.to).toLowerCase()];
  if (write === undefined) {
    throw new Failure(
      EXIT_CODES.usage,
      `the extension of --to ${options.to} is not a format that is written`,
      `use one of ${Object.keys(WRITERS).join(", ")}`,
    );
  }
  const opened = await openNamedSource(spec, options, terminal);
  if (typeof opened === "number") return opened;
  return withCheckpoint(file, terminal, async (checkpoint) => {
    const network = opened.source.network ?? opened.networks[0] ?? "";
    const fitted = bestOf(
      namingsFor(network, options, opened).map((naming) => opened.fit(checkpoint, network, naming)),
    );
    if (!fitsWhole(fitted.fit)) {
      const { line } = createMessagePrinter(options, terminal);
      for (const text of renderFit(checkpoint, fitted)) line(text);
      line("nothing was written");
      return EXIT_CODES.findings;
    }
    const counts = await writeFitted(fitted, write, options, terminal);
    if (options.format === "json") {
      const shown = { ...fitToJson(checkpoint, fitted), written: options.to, ...counts };
      terminal.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    } else {
      const printer = createPrinter(terminal.stdout, terminal.env, options.color);
      for (const line of renderFit(checkpoint, fitted)) printer.line(line);
      printer.line(`wrote ${options.to}, ${formatBytes(counts.bytes)}`);
      if (counts.notFinite > 0) {
        printer.line(
          `warning: ${formatExact(counts.notFinite)} values are NaN or infinite, the first in ${counts.firstNotFinite}`,
        );
      }
    }
    return EXIT_CODES.ok;
  });
}

interface Counts {
  bytes: number;
  notFinite: number;
  firstNotFinite?: string;
}

async function writeFitted(
  { fit, network, naming }: Fitted,
  write: (typeof WRITERS)[string],
  { to, half, force }: ConvertOptions,
  terminal: Terminal,
): Promise<Counts> {
  const counts: Counts = { bytes: 0, notFinite: 0 };
  const tensors = fittedTensors(fit).map((tensor) => ({
    ...tensor,
    async *read() {
      for await (const values of tensor.read()) {
        const before = counts.notFinite;
        for (const value of values) if (!Number.isFinite(value)) counts.notFinite++;
        if (before === 0 && counts.notFinite > 0) counts.firstNotFinite = tensor.name;
        yield values;
      }
    },
  }));
  const metadata = { network, names: naming.name, writer: `inceptc ${TOOL_VERSION}` };
  const pieces = write(tensors, metadata, half ? "float16" : "float32");
  const counted = async function* () {
    for await (const piece of pieces) {
      counts.bytes += piece.length;
      yield piece;
    }
  };
  const path = resolve(terminal.cwd, to);
  try {
    await writeStream(path, counted(), {
      mayReplace: (start) => force === true || start === "" || isCheckpoint(start),
    });
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    attemptWrite(terminal, () => {
      throw error;
    });
  }
  return counts;
}

/** A file of a format that is written here begins with a header in JSON, or as a zip archive. */
function isCheckpoint(start: string): boolean {
  return start.startsWith("PK\u0003\u0004") || start.slice(4, 16).includes("{");
}
