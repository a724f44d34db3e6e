/**
 * Lints an input that names its channels first, as PyTorch and Caffe do: `3x224x224` is 3 rows, 224 columns and 224
 * channels here.
 */
import { formatShape, writeSize } from "../core/format-shape.ts";
import { spanText } from "../core/span.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { Architecture } from "../ir/architecture.ts";

/** Grey, two of optical flow, RGB, RGBA. */
const MOST_CHANNELS = 4;
/** Smaller pictures than MNIST's are rarer than maps of a few rows. */
const LEAST_SIDE = 28;

export function lintInput({ input, inputSpan }: Architecture, report: Report): void {
  const [first = 0, second = 0, third = 0] = input.map(Number);
  const isPicture = second === third || first >= 3;
  if (input.length !== 3 || first > MOST_CHANNELS || !isPicture) return;
  if (second < LEAST_SIDE || third < LEAST_SIDE) return;
  const meant = writeSize([second, third, first]);
  const size = { ...inputSpan, start: inputSpan.end - writeSize(input.map(Number)).length };
  const isWritten = spanText(size) === writeSize(input.map(Number));
  const fixes = isWritten
    ? ([
        {
          title: `write \`${meant}\``,
          applicability: "suggested",
          edits: [{ span: size, text: meant }],
        },
      ] as const)
    : [];
  report(
    "lint/channels-first",
    isWritten ? size : inputSpan,
    { input: formatShape(input), rows: first, channels: third, meant },
    { fixes },
  );
}
