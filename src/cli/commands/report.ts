/** Owns `inceptc report`: what one network costs. */
import {
  type BatchNormView,
  type ConventionName,
  type CountGroup,
  type ElementType,
  type NetworkReport,
  report,
} from "../../compiler/index.ts";
import { noNetworkIn, othersThan, requireNetwork } from "../choose-network.ts";
import { toCompilerOptions } from "../compiler-options.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { startLaps } from "../laps.ts";
import { createMessagePrinter, type SharedOptions, toSourceOptions } from "../options.ts";
import { exitCodeOf, printFindings } from "../print-findings.ts";
import { createPrinter } from "../printer.ts";
import { renderReportCsv, renderReportMarkdown } from "../report/render-report-table.ts";
import { renderReportText } from "../report/render-report-text.ts";
import { openSource } from "../source.ts";
import type { Terminal } from "../terminal.ts";

export interface ReportOptions extends SharedOptions {
  readonly format: "text" | "json" | "csv" | "markdown";
  /** How deep blocks within blocks are listed, 1 for none. */
  readonly levels: number;
  readonly convention?: ConventionName;
  readonly bn: BatchNormView;
  readonly count: readonly CountGroup[];
  readonly batch: number;
  readonly dtype: ElementType;
}

/** Reports on the named network, or on the file's first. */
export async function runReport(
  file: string,
  options: ReportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const printer = createMessagePrinter(options, terminal);
  const compilerOptions = toCompilerOptions(options);
  requireConventionFor(options);
  const laps = startLaps();
  const source = await openSource(file, toSourceOptions(options, terminal), terminal, () => {});
  laps.end("read");
  const { path, host, network } = source;
  const { convention, bn, count, batch, dtype } = options;
  const result = report(
    { path, host },
    {
      ...compilerOptions,
      onPhaseEnd: laps.end,
      batch,
      count,
      batchNorm: bn,
      elementType: dtype,
      ...(network === undefined ? {} : { network }),
      ...(convention === undefined ? {} : { convention }),
    },
  );
  laps.end("report");
  requireNetwork(source, result.networks);
  printFindings(result.diagnostics, options, printer);
  const exitCode = exitCodeOf(result.diagnostics, options, printer);
  if (result.report === undefined) {
    if (result.networks.length === 0 && exitCode === EXIT_CODES.ok) throw noNetworkIn(path);
    return exitCode;
  }
  const others = network === undefined && othersThan(result.report.network, path, result.networks);
  if (others && !options.quiet) printer.line(others);
  writeReport(result.report, options, terminal);
  laps.end("print");
  if (options.stats) laps.print(printer);
  return exitCode;
}

/** Without a convention there is no number that the two options could change. */
function requireConventionFor({ convention, bn, count }: ReportOptions): void {
  if (convention !== undefined || (bn === "counted" && count.length === 0)) return;
  throw new Failure(
    EXIT_CODES.usage,
    `${count.length > 0 ? "--count" : "--bn"} changes what a convention counts, and none is named`,
    "for example --convention mac",
  );
}

function writeReport(
  networkReport: NetworkReport,
  options: ReportOptions,
  terminal: Terminal,
): void {
  switch (options.format) {
    case "text": {
      const printer = createPrinter(terminal.stdout, terminal.env, options.color);
      printer.write(renderReportText(networkReport, options.levels, printer));
      break;
    }
    case "json":
      terminal.stdout.write(`${JSON.stringify(networkReport, null, 2)}\n`);
      break;
    case "csv":
      terminal.stdout.write(renderReportCsv(networkReport));
      break;
    case "markdown":
      terminal.stdout.write(renderReportMarkdown(networkReport, options.levels));
      break;
  }
}
