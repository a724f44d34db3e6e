/** Runs `inceptc graph`: draws one network, or two side by side, to standard output or a file. */
import { join, resolve } from "node:path";
import {
  type CompilerCache,
  compareNetworks,
  createCache,
  drawPicture,
  graph,
  type Layout,
  outputName,
  type PictureOptions,
  type PictureResult,
  type Theme,
} from "../../compiler/index.ts";
import { isFolder } from "../../node/file-bytes.ts";
import { noNetworkIn, othersThan, requireNetwork } from "../choose-network.ts";
import { toCompilerOptions } from "../compiler-options.ts";
import { loadSides } from "../diff/load-sides.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { type Laps, startLaps } from "../laps.ts";
import { createMessagePrinter, type SharedOptions, toSourceOptions } from "../options.ts";
import { type DrawnFormat, isPicture } from "../own-output.ts";
import { exitCodeOf, printFindings } from "../print-findings.ts";
import type { Printer } from "../printer.ts";
import { runWatched } from "../run-watched.ts";
import { type NoteFile, openSource } from "../source.ts";
import { nearest } from "../suggestion.ts";
import type { Terminal } from "../terminal.ts";
import { writeOutput } from "../write-output.ts";

/** `--out -`: the picture goes to standard output. */
const STDOUT = "-";

export interface GraphCommandOptions extends SharedOptions {
  readonly format?: DrawnFormat;
  readonly out?: string;
  readonly expand: readonly string[];
  readonly diff?: true;
  readonly unchanged?: true;
  readonly force?: true;
  readonly theme: Theme;
  readonly layout: Layout;
  /** In millimetres. */
  readonly width?: number;
  readonly heat: boolean;
  readonly counts: boolean;
  readonly shapes: boolean;
  readonly watch?: true;
}

/** By the endings of files; the first of a format is the one that is written. */
const ENDINGS: Readonly<Record<string, DrawnFormat>> = {
  ".svg": "svg",
  ".pdf": "pdf",
  ".html": "html",
  ".htm": "html",
  ".dot": "dot",
  ".gv": "dot",
  ".mmd": "mermaid",
  ".mermaid": "mermaid",
};

/** Draws one network, or two that are compared; prints the picture, or the path that it was written to. */
export async function runGraph(
  file: string,
  head: string | undefined,
  options: GraphCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (head !== undefined && !options.diff) {
    throw new Failure(
      EXIT_CODES.usage,
      "two networks can only be drawn as a comparison",
      "say --diff",
    );
  }
  if (options.diff && options.watch) {
    throw new Failure(
      EXIT_CODES.usage,
      "a comparison cannot be watched: its sides may be in git",
      "omit --watch or --diff",
    );
  }
  if (options.watch && (options.out ?? STDOUT) === STDOUT) {
    throw new Failure(EXIT_CODES.usage, "--watch needs a file to write to", "pass --out net.svg");
  }
  const printer = createMessagePrinter(options, terminal);
  const cache = createCache();
  return runWatched([file], options, printer, terminal, (note) => {
    const run = { options, cache, terminal, printer, laps: startLaps(options), note };
    return drawOnce(file, head, run);
  });
}

async function drawOnce(file: string, head: string | undefined, run: Run): Promise<ExitCode> {
  const { options, terminal, printer, laps } = run;
  const { out = STDOUT } = options;
  const isInFolder = out !== STDOUT && (/[\\/]$/.test(out) || isFolder(resolve(terminal.cwd, out)));
  const format = options.format ?? (isInFolder ? "svg" : formatOf(out));
  requirePaper(format, options);
  const { drawn, exitCode } = options.diff
    ? await drawComparison(file, head, format, run)
    : await drawOne(file, format, run);
  if (!drawn) return exitCode;
  const picture = requireDrawn(drawn.picture, drawn.network);
  warnOfSmallText(picture, options, printer);
  const content = await contentOf(picture, format);
  const target = isInFolder ? join(out, `${drawn.fileName}${endingOf(format)}`) : out;
  if (target === STDOUT) printPicture(content, terminal);
  else writeOutput(target, content, { isOwn: isPicture(format), force: options.force }, terminal);
  laps.end("write");
  laps.print(printer);
  return exitCode;
}

/** What one run needs besides its input and output. */
interface Run {
  readonly options: GraphCommandOptions;
  readonly cache: CompilerCache;
  readonly terminal: Terminal;
  readonly printer: Printer;
  readonly laps: Laps;
  readonly note: NoteFile;
}

interface Outcome {
  /** Absent where there is nothing to draw. */
  readonly drawn?: {
    readonly picture: PictureResult;
    readonly network: string;
    readonly fileName: string;
  };
  readonly exitCode: ExitCode;
}

async function drawOne(file: string, format: DrawnFormat, run: Run): Promise<Outcome> {
  const { options, cache, terminal, printer, laps, note } = run;
  const compilerOptions = { ...toCompilerOptions(options), cache, onPhaseEnd: laps.end };
  const source = await openSource(file, toSourceOptions(options, terminal), terminal, note);
  laps.end("read");
  const { path, host, network } = source;
  const { diagnostics, networks, picture, drawn } = await graph(
    { path, host },
    {
      ...compilerOptions,
      ...toPictureOptions(options, format),
      ...(network === undefined ? {} : { network }),
    },
  );
  laps.end("draw");
  requireNetwork(source, networks, diagnostics);
  printFindings(diagnostics, options, printer);
  const exitCode = exitCodeOf(diagnostics, options, printer);
  if (picture === undefined || drawn === undefined) {
    if (networks.length === 0 && exitCode === EXIT_CODES.ok) throw noNetworkIn(path);
    return { exitCode };
  }
  const others = network === undefined && othersThan(drawn.network, path, networks);
  if (others && !options.quiet) printer.line(others);
  return { drawn: { picture, ...drawn }, exitCode };
}

async function drawComparison(
  base: string,
  head: string | undefined,
  format: DrawnFormat,
  run: Run,
): Promise<Outcome> {
  const { options, terminal, printer, laps } = run;
  const [one, other] = await loadSides(base, head, options, terminal, printer);
  laps.end("load");
  const last = other ?? one;
  if (!last) throw new Failure(EXIT_CODES.usage, "both sides are empty");
  const marks = one && other ? compareNetworks(one, other).marks() : undefined;
  const sides = [
    ...(one ? [{ checked: one, ...(marks ? { marks: marks.base } : {}) }] : []),
    ...(other
      ? [{ checked: other, ...(marks ? { marks: marks.head, changes: marks.changes } : {}) }]
      : []),
  ];
  laps.end("compare");
  const picture = await drawPicture(sides, toPictureOptions(options, format));
  laps.end("draw");
  const { architecture } = last;
  const fileName = `${outputName(architecture)}-diff`;
  return { drawn: { picture, network: architecture.name, fileName }, exitCode: EXIT_CODES.ok };
}

/** Other formats have layouts of their own, and a page is as wide as its window. */
function requirePaper(format: DrawnFormat, { layout, width }: GraphCommandOptions): void {
  if (format === "svg" || format === "pdf") return;
  const asked = layout === "columns" ? "--layout columns" : width === undefined ? "" : "--width";
  if (asked === "") return;
  throw new Failure(
    EXIT_CODES.usage,
    `${asked} applies to svg and pdf, not to ${format}`,
    "omit it, or pass --format svg",
  );
}

/** Journals ask for letters of at least 6 or 7 points; smaller ones than this nobody reads. */
const LEAST_FONT = 5;

function warnOfSmallText(
  { styled }: Drawn,
  { width, quiet }: GraphCommandOptions,
  printer: Printer,
): void {
  if (width === undefined || quiet || styled === undefined) return;
  if (styled.smallestFont >= LEAST_FONT) return;
  const size = styled.smallestFont.toFixed(1);
  printer.line(
    `at this width the smallest text is ${size} points, which is hard to read: expand fewer blocks, or pass --layout columns, --no-shapes or a larger --width`,
  );
}

type Drawn = Extract<PictureResult, { kind: "drawn" }>;

/** PDF is written from the same figure as SVG; what writes it takes long to load, and is loaded only then. */
async function contentOf(
  { text, styled }: Drawn,
  format: DrawnFormat,
): Promise<string | Uint8Array> {
  if (format !== "pdf" || styled === undefined) return text;
  const { renderPdf } = await import("../../pdf/render-pdf.ts");
  return renderPdf(styled);
}

/** Bytes go to programs and files alone: they would make a mess of a terminal. */
function printPicture(content: string | Uint8Array, { stdout }: Terminal): void {
  if (typeof content !== "string" && stdout.isTty) {
    throw new Failure(
      EXIT_CODES.usage,
      "a PDF is not text, and standard output is a terminal",
      "name a file with --out FILE.pdf, or redirect the output into a file",
    );
  }
  stdout.write(content);
}

function toPictureOptions(
  { expand, theme, layout, width, unchanged, heat, counts, shapes }: GraphCommandOptions,
  format: DrawnFormat,
): PictureOptions {
  return {
    format: format === "pdf" ? "svg" : format,
    expand,
    theme,
    layout,
    unchanged: unchanged === true,
    ...(width === undefined ? {} : { printWidth: width }),
    heat,
    counts,
    shapes,
  };
}

function formatOf(out: string): DrawnFormat {
  if (out === STDOUT) return "svg";
  const ending = /\.[^./\\]+$/.exec(out)?.[0] ?? "";
  const format = ENDINGS[ending.toLowerCase()];
  if (format !== undefined) return format;
  throw new Failure(
    EXIT_CODES.usage,
    `the extension of --out ${out} is not a known picture format`,
    `use one of the extensions ${Object.keys(ENDINGS).join(", ")}, or pass --format`,
  );
}

function endingOf(format: DrawnFormat): string {
  return Object.keys(ENDINGS).find((ending) => ENDINGS[ending] === format) ?? "";
}

function requireDrawn(picture: PictureResult, network: string): Drawn {
  switch (picture.kind) {
    case "drawn":
      return picture;
    case "unknown-path": {
      const { path, next } = picture;
      const shown = next.slice(0, 12).join(", ");
      throw new Failure(
        EXIT_CODES.usage,
        `${network} has nothing at \`${path}\` to expand`,
        nearest(path, next) ?? `there are ${shown}${next.length > 12 ? ", …" : ""}`,
      );
    }
    case "too-large":
      throw new Failure(
        EXIT_CODES.usage,
        `the picture would have ${picture.blocks} blocks; at most ${picture.most} can be drawn`,
        "expand fewer blocks, with --expand PATH",
      );
  }
}
