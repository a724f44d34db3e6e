/** Runs `inceptc weights check`: says whether a checkpoint fits a network. */
import { EXIT_CODES, type ExitCode } from "../../exit-codes.ts";
import { Failure } from "../../failure.ts";
import { createMessagePrinter } from "../../options.ts";
import { createPrinter } from "../../printer.ts";
import type { Terminal } from "../../terminal.ts";
import {
  bestOf,
  fitAll,
  fitsWhole,
  namingsFor,
  openNamedSource,
  type WeightsOptions,
} from "./load-fit.ts";
import { withCheckpoint } from "./open-weights.ts";
import { fitToJson, renderFit } from "./render-fit.ts";

/** Exits with 0 where all of the network's tensors fit, and with 1 where they do not. */
export async function runCheckWeights(
  spec: string,
  file: string,
  options: WeightsOptions & { readonly any?: true },
  terminal: Terminal,
): Promise<ExitCode> {
  if (
    options.any &&
    (options.naming ?? options.names) !== undefined &&
    options.naming !== undefined
  ) {
    throw new Failure(EXIT_CODES.usage, "--any tries all names", "omit --any or --naming");
  }
  const opened = await openNamedSource(spec, options, terminal);
  if (typeof opened === "number") return opened;
  return withCheckpoint(file, terminal, async (checkpoint) => {
    const network = opened.source.network ?? opened.networks[0] ?? "";
    const fitted = options.any
      ? bestOf(fitAll(opened, checkpoint))
      : bestOf(
          namingsFor(network, options, opened).map((naming) =>
            opened.fit(checkpoint, network, naming),
          ),
        );
    if (options.format === "json") {
      terminal.stdout.write(`${JSON.stringify(fitToJson(checkpoint, fitted), null, 2)}\n`);
    } else {
      const printer = createPrinter(terminal.stdout, terminal.env, options.color);
      for (const line of renderFit(checkpoint, fitted)) printer.line(line);
    }
    if (fitsWhole(fitted.fit)) return EXIT_CODES.ok;
    const better = options.any
      ? undefined
      : fitAll(opened, checkpoint).find(({ fit }) => fitsWhole(fit));
    if (better !== undefined && !options.quiet) {
      const { style, line } = createMessagePrinter(options, terminal);
      line(
        `${style.help("help:")} it fits ${better.network}: check against ${opened.source.path}:${better.network} with the names of ${better.naming.name}`,
      );
    }
    return EXIT_CODES.findings;
  });
}
