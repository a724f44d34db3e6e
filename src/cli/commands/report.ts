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
import { isReport, type ReportFormat } from "../own-output.ts";
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
import { runWatched } from "../run-watched.ts";
import { type NoteFile, openSource } from "../source.ts";
import type { Terminal } from "../terminal.ts";
import { writeOutput } from "../write-output.ts";

export interface ReportOptions extends SharedOptions {
  readonly format: ReportFormat;
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
  /** Default: standard output. */
  readonly out?: string;
  readonly force?: true;
  readonly watch?: true;
}

/** `--out -`: the report goes to standard output. */
const STDOUT = "-";

/** Reports on the named networks, each time on the first of a file where none is named. */
export async function runReport(
  files: readonly string[],
  options: ReportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  requireConventionFor(options);
  requireOutput(files, options);
  const printer = createMessagePrinter(options, terminal);
  // Several networks of one file are one program, and a watched file is analyzed anew only where it changed.
  const cache = createCache();
  return runWatched(files, options, printer, terminal, (note) => {
    const laps = startLaps(options);
    const request = { ...toRequest(options, laps), cache };
    return reportOnce(files, { options, request, terminal, printer, laps, note });
  });
}

async function reportOnce(files: readonly string[], run: Run): Promise<ExitCode> {
  const { options, terminal, printer, laps } = run;
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
  readonly note: NoteFile;
}

interface Reported {
  /** Absent where the file has errors. */
  readonly network?: ReportedNetwork;
  readonly exitCode: ExitCode;
}

async function reportOn(argument: string, run: Run): Promise<Reported> {
  const { options, request, terminal, printer, laps, note } = run;
  const source = await openSource(argument, toSourceOptions(options, terminal), terminal, note);
  laps.end("read");
  const { path, host, network } = source;
  const named = network === undefined ? {} : { network };
  const result = report({ path, host }, { ...request, ...named });
  laps.end("report");
  requireNetwork(source, result.networks, result.diagnostics);
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
  options: ReportOptions,
  terminal: Terminal,
): void {
  const { format, color, out = STDOUT } = options;
  const { stdout, env } = terminal;
  const deliver = (text: string): void => {
    if (out === STDOUT) stdout.write(text);
    else writeOutput(out, text, { isOwn: isReport(format), force: options.force }, terminal);
  };
  switch (format) {
    case "text": {
      // A file is no terminal: it gets escape codes only where --color asks for them.
      const stream = { isTty: out === STDOUT && stdout.isTty, write: deliver };
      const printer = createPrinter(stream, env, color);
      printer.write(renderReportText(toDocument(), printer));
      break;
    }
    case "json":
      deliver(`${JSON.stringify(json, null, 2)}\n`);
      break;
    case "csv":
      deliver(renderReportCsv(toDocument()));
      break;
    case "markdown":
      deliver(renderReportMarkdown(toDocument()));
      break;
    case "html":
      deliver(renderReportHtml(toDocument()));
      break;
  }
}

/** A specification is not written over, and a watched file's documents do not follow one another in one stream. */
function requireOutput(
  files: readonly string[],
  { format, out = STDOUT, watch }: ReportOptions,
): void {
  if (out !== STDOUT && (out.endsWith(".incept") || files.includes(out))) {
    throw new Failure(EXIT_CODES.usage, `--out ${out} would overwrite a specification`);
  }
  if (watch && out === STDOUT && format !== "text") {
    throw new Failure(
      EXIT_CODES.usage,
      `--watch would print one ${format} document after another`,
      "pass --out FILE, which is written anew each time",
    );
  }
}
