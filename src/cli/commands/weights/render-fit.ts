/** Says in text or JSON how a checkpoint fits a network. */
import { formatExact } from "../../../compiler/core/format-count.ts";
import { formatShape } from "../../../compiler/core/format-shape.ts";
import {
  type Checkpoint,
  FIT_STEPS,
  type FitStep,
  type FitVerdict,
} from "../../../weights/index.ts";
import type { Fitted } from "./load-fit.ts";

const VERDICTS: Readonly<Record<FitVerdict, string>> = {
  full: "every tensor fits as it is",
  permuted: "every tensor fits, after steps that do not change what is computed",
  partial: "only some tensors fit",
  none: "no tensor fits",
};

/** Tensors of a kind that are listed before the rest is counted. */
const SHOWN = 10;

export function renderFit(
  checkpoint: Checkpoint,
  { network, naming, fit }: Fitted,
): readonly string[] {
  const { verdict, fits, missing, mismatched, extra, ignored } = fit;
  const all = fits.length + missing.length + mismatched.length;
  return [
    `${checkpoint.name} (${checkpoint.format}) → ${network}, by the names of ${naming.name}`,
    `${verdict}: ${VERDICTS[verdict]}`,
    `${formatExact(fits.length)} of ${formatExact(all)} tensors`,
    ...[...stepCounts(fits)].map(([step, count]) => `  ${formatExact(count)}: ${FIT_STEPS[step]}`),
    ...listed(
      "missing in the checkpoint",
      missing.map(({ fullName, storedName, layout }) =>
        storedName === undefined
          ? `${fullName}: the names say nothing of it`
          : `${storedName} ${formatShape(layout.shape)}, for ${fullName}`,
      ),
    ),
    ...listed(
      "of another shape",
      mismatched.map(
        ({ named, stored }) =>
          `${stored.name} is ${formatShape(stored.shape)}; ${named.fullName} needs ${formatShape(named.layout.shape)}`,
      ),
    ),
    ...listed(
      "without a place in the network",
      extra.map(({ name, shape }) => `${name} ${formatShape(shape)}`),
    ),
    ...(ignored.length === 0
      ? []
      : [`not used: ${formatExact(ignored.length)} (counters, optimizer state, auxiliary heads)`]),
  ];
}

function stepCounts(fits: Fitted["fit"]["fits"]): ReadonlyMap<FitStep, number> {
  const counts = new Map<FitStep, number>();
  for (const { steps } of fits) {
    for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return counts;
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - SHOWN;
  return [
    `${title}: ${formatExact(lines.length)}`,
    ...lines.slice(0, SHOWN).map((line) => `  ${line}`),
    ...(rest > 0 ? [`  and ${formatExact(rest)} more (--json lists them)`] : []),
  ];
}

export function fitToJson(checkpoint: Checkpoint, { network, naming, fit }: Fitted) {
  return {
    formatVersion: 1,
    network,
    naming: naming.name,
    checkpoint: { file: checkpoint.name, format: checkpoint.format },
    verdict: fit.verdict,
    fits: fit.fits.map(({ named, stored, steps }) => ({
      tensor: named.fullName,
      ...(stored === undefined ? {} : { stored: stored.name }),
      ...(steps.length === 0 ? {} : { steps }),
    })),
    missing: fit.missing.map(({ fullName, storedName, layout }) => ({
      tensor: fullName,
      ...(storedName === undefined ? {} : { stored: storedName }),
      shape: layout.shape,
    })),
    mismatched: fit.mismatched.map(({ named, stored }) => ({
      tensor: named.fullName,
      stored: stored.name,
      shape: stored.shape,
      needed: named.layout.shape,
    })),
    extra: fit.extra.map(({ name, shape }) => ({ stored: name, shape })),
    ignored: fit.ignored.map(({ name }) => name),
  };
}
