/** Picks the reports to show, at the requested picture size, and gives each a label. */
import { formatShape } from "../../compiler/core/format-shape.ts";
import { positionAt } from "../../compiler/core/source-file.ts";
import type { Diagnostic, NetworkReport, SizeReport } from "../../compiler/index.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { minInputShape } from "./figures.ts";
import type { Refusal, Subject } from "./side-by-side.ts";

/** A network on the picture that it declares, and on those that were asked for. */
export interface ReportedNetwork {
  /** `FILE:Network` as on the command line. */
  readonly argument: string;
  readonly declared: NetworkReport;
  readonly atSizes: readonly SizeReport[];
}

/** At the one size that was asked for, or else the declared one. Throws a {@link Failure} where the network does not take it. */
export function chosenReport({ declared, atSizes }: ReportedNetwork): NetworkReport {
  const [only] = atSizes;
  if (only === undefined) return declared;
  if (only.kind === "fits") return only.report;
  const { message, place, minInput } = toRefusal(only.misfit, declared);
  throw new Failure(
    EXIT_CODES.findings,
    `${declared.network} does not take pictures of ${formatShape(only.size)}: ${message} (${place})`,
    minInput === null ? undefined : `the smallest input is ${formatShape(minInput)}`,
  );
}

export function sizeSubjects({ declared, atSizes }: ReportedNetwork): readonly Subject[] {
  return atSizes.map((one) => {
    const label = formatShape(one.size);
    return one.kind === "fits"
      ? { label, report: one.report }
      : { label, refusal: toRefusal(one.misfit, declared) };
  });
}

/** Each under the network's name, or under what stands on the command line where several have the same. */
export function networkSubjects(networks: readonly ReportedNetwork[]): readonly Subject[] {
  const names = new Set(networks.map(({ declared }) => declared.network));
  return networks.map((one) => ({
    label: names.size === networks.length ? one.declared.network : one.argument,
    report: chosenReport(one),
  }));
}

function toRefusal({ message, span }: Diagnostic, declared: NetworkReport): Refusal {
  const { line, column } = positionAt(span.file, span.start);
  const place = `${span.file.path}:${line}:${column}`;
  return { message, place, minInput: minInputShape(declared) ?? null };
}
