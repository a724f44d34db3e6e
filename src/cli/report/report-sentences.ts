/** Sentences that state a report's counting rules, the same in every output format. */
import type { ConventionCount, NetworkReport } from "../../compiler/index.ts";

/** All reports are for the same batch and by the same convention; what FLOPs include depends on the network. */
export function reportSentences(reports: readonly NetworkReport[]): readonly string[] {
  const [first] = reports;
  if (first === undefined) return [];
  const { batch, convention, elementType } = first;
  const rules = new Map(reports.map(({ flopRule, network }) => [flopRule, network]));
  const isExact = reports.every(({ status }) => status === "complete");
  return [
    `Per picture, at inference, batch normalization not folded; memory for a batch of ${batch} in ${elementType}.`,
    "MAC: a multiply-add of a convolution or dense layer.",
    ...[...rules].map(([rule, network]) =>
      rules.size === 1 ? `FLOP: ${rule}.` : `FLOP of ${network}: ${rule}.`,
    ),
    ...(convention === undefined ? [] : [describeConvention(convention)]),
    ...(isExact ? [] : ["Counts above 2^53 are rounded."]),
  ];
}

function describeConvention({ name, word, rule, batchNorm }: ConventionCount): string {
  const view = batchNorm === "counted" ? "" : `, batch normalization ${batchNorm}`;
  return `${word} of ${name}: ${rule}${view}.`;
}
