/** Holds reports on other picture sizes against networks that declare those sizes. */
import { describe, expect, it } from "vitest";
import { report } from "../../../src/compiler/index.ts";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { REPOSITORY } from "../../support/checked-networks.ts";

const host = createNodeHost({ cwd: REPOSITORY, root: REPOSITORY });

const netOf = (input: string): string =>
  `network N {\n  input ${input}\n  stem: conv 3x3 8 /2 valid => 15x15x8\n  maxpool 3x3 /2 valid -> flatten -> dense 4\n}`;

describe("a report on another size", () => {
  it("is the report of a network that declares it, whatever the author states of sizes", () => {
    const { report: declared, atSizes } = report(netOf("31x31x3"), {
      sizes: [[64, 48]],
      by: "layer",
    });
    const wanted = report(netOf("64x48x3").replace("=> 15x15x8", ""), { by: "layer" }).report;
    expect(declared?.input).toEqual([31, 31, 3]);
    expect(atSizes).toEqual([{ kind: "fits", size: [64, 48], report: wanted }]);
  });

  it("is the declared one on the declared size", () => {
    const path = "specs/inception-v4.incept";
    const result = report({ path, host }, { network: "InceptionV4", sizes: [[299, 299]] });
    expect(result.atSizes).toEqual([{ kind: "fits", size: [299, 299], report: result.report }]);
  });

  it("says what does not fit, and goes on with the next size", () => {
    const { atSizes } = report(netOf("31x31x3"), {
      sizes: [
        [2, 31],
        [6, 6],
        [31, 31],
      ],
    });
    expect(atSizes.map(({ kind }) => kind)).toEqual(["misfit", "misfit", "fits"]);
    expect(atSizes[1]).toMatchObject({ misfit: { code: "shape/window-too-large" } });
  });

  it("builds modules anew that read the height and width", () => {
    const reading = (input: string): string =>
      `module M : [H, W, C] => [_, _, _] { conv (min(H, 9)) (C + W) /2 valid }
network N { input ${input} 2 x M -> globalavgpool -> dense 4 }`;
    const { report: declared, atSizes } = report(reading("40x32x3"), {
      sizes: [
        [64, 48],
        [40, 32],
      ],
      by: "layer",
    });
    const wanted = report(reading("64x48x3"), { by: "layer" }).report;
    expect(wanted?.params.total).not.toBe(declared?.params.total);
    expect(atSizes[0]).toEqual({ kind: "fits", size: [64, 48], report: wanted });
    expect(atSizes[1]).toEqual({ kind: "fits", size: [40, 32], report: declared });
  });

  it("is none where the network has errors", () => {
    const sizes = [[8, 8]] as const;
    expect(report("network N {\n  input 8x8x3\n  conv 9x9 4 valid\n}", { sizes }).atSizes).toEqual(
      [],
    );
  });

  it("is asked for without reading the text again", () => {
    const phases: string[] = [];
    const sizes = [
      [32, 32],
      [64, 64],
      [65, 65],
    ] as const;
    report(netOf("31x31x3"), { sizes, onPhaseEnd: (phase) => phases.push(phase) });
    expect(phases.filter((phase) => phase === "parse")).toHaveLength(1);
    expect(phases.filter((phase) => phase === "elaborate")).toHaveLength(1);
  });
});
