/** Runs `inceptc report`: prints what one network costs, or compares several in one table. */
import {
  type BatchNormView,
  type ConventionName,
  type CostDivision,
  type CountGroup,
  createCache,
  type ElementType,
  type PictureSize,
  type ReportRequest,
  report,
} from "../../compiler/index.ts";
import { noNetworkIn, othersThan, requireNetwork } from "../choose-network.ts";
import { toCompilerOptions } from "../compiler-options.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type Laps, startLaps } from "../laps.ts";
import { createMessagePrinter, type SharedOptions, toSourceOptions } from "../options.ts";
import { exitCodeOf, printFindings } from "../print-findings.ts";
import { createPrinter, type Printer } from "../printer.ts";
import { createNetworkDocument } from "../report/network-document.ts";
import { renderReportCsv } from "../report/render-report-csv.ts";
import { renderReportHtml } from "../report/render-report-html.ts";
import { renderReportMarkdown } from "../report/render-report-markdown.ts";
import { renderReportText } from "../report/render-report-text.ts";
import type { ReportDocument } from "../report/report-document.ts";
import { type SideBySide, sideBySideToJson } from "../report/side-by-side.ts";
import { createSideBySideDocument } from "../report/side-by-side-document.ts";
import { type SortKey, sortReport } from "../report/sort-report.ts";
import {
  chosenReport,
  networkSubjects,
  type ReportedNetwork,
  sizeSubjects,
} from "../report/subjects.ts";
import { openSource } from "../source.ts";
import type { Terminal } from "../terminal.ts";

export interface ReportOptions extends SharedOptions {
  readonly format: "text" | "json" | "csv" | "markdown" | "html";
  readonly by: CostDivision;
  readonly sort: SortKey;
  /** How deep blocks within blocks are listed, 1 for none. */
  readonly levels: number;
  readonly convention?: ConventionName;
  readonly bn: BatchNormView;
  readonly count: readonly CountGroup[];
  readonly batch: number;
  readonly dtype: ElementType;
  /** Sizes of pictures in place of the declared one. */
  readonly input: readonly PictureSize[];
}

/** Reports on the named networks, each time on the first of a file where none is named. */
export async function runReport(
  files: readonly string[],
  options: ReportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  requireConventionFor(options);
  const printer = createMessagePrinter(options, terminal);
  const laps = startLaps(options);
  const run = { options, request: toRequest(options, laps), terminal, printer, laps };
  const exitCodes: ExitCode[] = [];
  const networks: ReportedNetwork[] = [];
  for (const file of files) {
    const { network, exitCode } = await reportOn(file, run);
    exitCodes.push(exitCode);
    if (network) networks.push(network);
  }
  const worst = Math.max(...exitCodes) as ExitCode;
  const [first] = networks;
  // A network without a report would be missing from the comparison.
  if (first === undefined || networks.length < files.length) return worst;
  const isWhole = writeReports(first, networks, options, terminal);
  laps.end("print");
  laps.print(printer);
  return isWhole ? worst : EXIT_CODES.findings;
}

/** What one run needs besides the files. */
interface Run {
  readonly options: ReportOptions;
  readonly request: ReportRequest;
  readonly terminal: Terminal;
  readonly printer: Printer;
  readonly laps: Laps;
}

interface Reported {
  /** Absent where the file has errors. */
  readonly network?: ReportedNetwork;
  readonly exitCode: ExitCode;
}

async function reportOn(argument: string, run: Run): Promise<Reported> {
  const { options, request, terminal, printer, laps } = run;
  const source = await openSource(argument, toSourceOptions(options, terminal), terminal, () => {});
  laps.end("read");
  const { path, host, network } = source;
  const named = network === undefined ? {} : { network };
  const result = report({ path, host }, { ...request, ...named });
  laps.end("report");
  requireNetwork(source, result.networks);
  printFindings(result.diagnostics, options, printer);
  const exitCode = exitCodeOf(result.diagnostics, options, printer);
  const { report: declared, atSizes } = result;
  if (declared === undefined) {
    if (result.networks.length === 0 && exitCode === EXIT_CODES.ok) throw noNetworkIn(path);
    return { exitCode };
  }
  const others = network === undefined && othersThan(declared.network, path, result.networks);
  if (others && !options.quiet) printer.line(others);
  return { network: { argument, declared, atSizes }, exitCode };
}

function toRequest(options: ReportOptions, laps: Laps): ReportRequest {
  const { convention, bn, count, batch, dtype, by, input } = options;
  return {
    ...toCompilerOptions(options),
    // Several networks of one file are one program.
    cache: createCache(),
    onPhaseEnd: laps.end,
    batch,
    by,
    count,
    batchNorm: bn,
    elementType: dtype,
    sizes: input,
    ...(convention === undefined ? {} : { convention }),
  };
}

/** Without a convention there is no number that the two options could change. */
function requireConventionFor({ convention, bn, count }: ReportOptions): void {
  if (convention !== undefined || (bn === "counted" && count.length === 0)) return;
  throw new Failure(
    EXIT_CODES.usage,
    `${count.length > 0 ? "--count" : "--bn"} changes what a convention counts, but no convention is named`,
    "add one, for example --convention mac",
  );
}

/** Writes what one network costs, or several side by side; says whether there was a report for each of them. */
function writeReports(
  first: ReportedNetwork,
  networks: readonly ReportedNetwork[],
  options: ReportOptions,
  terminal: Terminal,
): boolean {
  const { levels, sort } = options;
  if (networks.length === 1 && options.input.length < 2) {
    const sorted = sortReport(chosenReport(first), sort);
    write(sorted, () => createNetworkDocument(sorted, levels, sort), options, terminal);
    return true;
  }
  const sideBySide: SideBySide =
    networks.length > 1
      ? { compared: "networks", subjects: networkSubjects(networks) }
      : { compared: "sizes", subjects: sizeSubjects(first) };
  const json = sideBySideToJson(sideBySide);
  write(json, () => createSideBySideDocument(sideBySide, first.declared), options, terminal);
  return sideBySide.subjects.every((subject) => "report" in subject);
}

function write(
  json: unknown,
  toDocument: () => ReportDocument,
  { format, color }: ReportOptions,
  { stdout, env }: Terminal,
): void {
  switch (format) {
    case "text": {
      const printer = createPrinter(stdout, env, color);
      printer.write(renderReportText(toDocument(), printer));
      break;
    }
    case "json":
      stdout.write(`${JSON.stringify(json, null, 2)}\n`);
      break;
    case "csv":
      stdout.write(renderReportCsv(toDocument()));
      break;
    case "markdown":
      stdout.write(renderReportMarkdown(toDocument()));
      break;
    case "html":
      stdout.write(renderReportHtml(toDocument()));
      break;
  }
}
