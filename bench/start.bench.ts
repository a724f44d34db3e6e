/** Measures whole processes, next to a Node process that does nothing. */

import { formatMs, formatRatio, runNode, timeInTurn } from "./measure.ts";
import type { Section } from "./section.ts";

const SPEC = "specs/inception-v4.incept";

export const start: Section = {
  title: "Whole processes, as multiples of `node -e 0`",
  columns: ["command", "median", "of node -e 0"],
  rows: async () => {
    const cli =
      (...args: readonly string[]) =>
      () =>
        runNode(["dist/cli.mjs", ...args]);
    const times = await timeInTurn(
      {
        "node -e 0": () => runNode(["-e", "0"]),
        "inceptc --version": cli("--version"),
        [`inceptc check ${SPEC}:InceptionV4`]: cli("check", `${SPEC}:InceptionV4`),
        [`inceptc check ${SPEC}`]: cli("check", SPEC),
        [`inceptc report ${SPEC}`]: cli("report", SPEC),
        [`inceptc diff ${SPEC}:InceptionV4Timm`]: cli("diff", `${SPEC}:InceptionV4Timm`),
        [`inceptc compile ${SPEC}:InceptionV4 --dry-run`]: cli(
          "compile",
          `${SPEC}:InceptionV4`,
          "--dry-run",
        ),
      },
      { rounds: 11, warmUp: 1 },
    );
    const base = times["node -e 0"];
    return Object.entries(times).map(([name, time]) => [
      name,
      formatMs(time),
      formatRatio(time, base),
    ]);
  },
};
