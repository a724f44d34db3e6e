/** Tests which edit of a variant a finding is moved to, and that the search analyzes the network a few times only. */
import { describe, expect, it } from "vitest";
import { INHERITED } from "../../../src/compiler/analyze/blame-edits.ts";
import { spanText } from "../../../src/compiler/core/span.ts";
import { analyze } from "../../../src/compiler/index.ts";

const BASE = `network N(n: int = 8) {
  input 16x16x3
  a: conv 3x3 8
  b: residual { conv 3x3 8 }
  c: conv 1x1 n => 16x16x8
  d: residual { conv 3x3 8 }
}
`;

/** What is found in a variant with these edits, and how often a network was elaborated for it. */
function analyzeEdits(edits: readonly string[], base = BASE) {
  let elaborations = 0;
  const { diagnostics } = analyze(
    `${base}variant V of N {\n${edits.map((edit) => `  ${edit}`).join("\n")}\n}\n`,
    {
      onPhaseEnd: (phase) => {
        if (phase === "elaborate") elaborations++;
      },
    },
  );
  const findings = diagnostics.map(({ code, severity, span, related }) => ({
    code,
    severity,
    at: spanText(span),
    related: related.map((place) => [spanText(place.span), place.message]),
  }));
  return { findings, elaborations };
}

describe("a fault that an edit brings", () => {
  it.each([0, 1, 2, 3])("is reported at the edit, wherever it stands: place %i", (place) => {
    const edits = ["remove d", "insert relu after b", "insert tanh after a"];
    const culprit = "replace a with conv 3x3 9";
    const { findings } = analyzeEdits(edits.toSpliced(place, 0, culprit));
    expect(findings).toMatchObject([
      { code: "shape/residual-mismatch", severity: "error", at: culprit },
    ]);
    expect(findings[0]?.related[0]).toEqual(["residual", INHERITED]);
  });

  it("is reported at what the last edit wrote, where an earlier one is a part of it", () => {
    const { findings } = analyzeEdits(
      ["set n = 9", "replace d with residual { conv 3x3 8 }"],
      BASE.replace(" => 16x16x8", "").replace("  d: residual { conv 3x3 8 }\n", "  d: relu\n"),
    );
    expect(findings).toMatchObject([{ code: "shape/residual-mismatch", at: "residual" }]);
  });

  it("is not moved where it is written in the edit itself", () => {
    const { findings } = analyzeEdits(["remove d", "replace c with conv 1x1 0"]);
    expect(findings).toMatchObject([{ code: "type/out-of-range", at: "0", related: [] }]);
  });

  it("is laid at each of two edits that bring one each", () => {
    const { findings } = analyzeEdits(
      ["replace a with conv 3x3 9", "replace c with conv 1x1 7"],
      BASE.replace(" => 16x16x8", ""),
    );
    expect(findings.map(({ code, at }) => [code, at])).toEqual([
      ["shape/residual-mismatch", "replace a with conv 3x3 9"],
      ["shape/residual-mismatch", "replace c with conv 1x1 7"],
    ]);
  });
});

it("a fault of the base stays with the base, and is found once", () => {
  const { findings } = analyzeEdits(["remove d"], BASE.replace("{ conv 3x3 8 }", "{ conv 3x3 9 }"));
  expect(findings).toMatchObject([{ code: "shape/residual-mismatch", at: "residual" }]);
});

describe("shapes that the base states", () => {
  it("are a warning at an edit that changes sizes on purpose", () => {
    const { findings } = analyzeEdits(["remove d", "set n = 9"]);
    expect(findings).toMatchObject([
      { code: "shape/outdated-claim", severity: "warning", at: "set n = 9" },
    ]);
  });

  it("are an error at an edit that changes the structure", () => {
    const { findings } = analyzeEdits(["remove d", "insert maxpool 2x2 /2 after b"]);
    expect(findings).toMatchObject([
      { code: "shape/broken-claim", severity: "error", at: "insert maxpool 2x2 /2 after b" },
    ]);
  });

  it("are one finding for each edit, however many became untrue", () => {
    const base = BASE.replace("conv 3x3 8\n", "conv 3x3 8 => 16x16x8\n");
    const { findings } = analyzeEdits(["input 32x32x3"], base);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: "shape/outdated-claim", at: "input 32x32x3" });
    expect(findings[0]?.related).toHaveLength(2);
  });
});

describe("the search", () => {
  const LAYERS = 64;
  const base = `network N {\n  input 8x8x3\n${Array.from({ length: LAYERS }, (_, index) => `  l${index}: conv 1x1 8\n  r${index}: residual { conv 1x1 8 }`).join("\n")}\n}\n`;

  it("of one among 64 edits goes by halves", () => {
    const edits = Array.from({ length: LAYERS }, (_, index) =>
      index === 40 ? "replace l40 with conv 1x1 9" : `replace l${index} with conv 1x1 8 act=elu`,
    );
    const { findings, elaborations } = analyzeEdits(edits, base);
    expect(findings).toMatchObject([{ at: "replace l40 with conv 1x1 9" }]);
    // The base, the variant, the variant without edits, and six halves.
    expect(elaborations).toBeLessThanOrEqual(9);
  });

  it("of 64 culprits ends, and leaves the rest where they were found", () => {
    const edits = Array.from({ length: LAYERS }, (_, index) => `replace l${index} with conv 1x1 9`);
    const { findings, elaborations } = analyzeEdits(edits, base);
    expect(findings).toHaveLength(LAYERS);
    const moved = findings.filter(({ at }) => at.startsWith("replace"));
    expect(moved.length).toBeGreaterThan(10);
    expect(elaborations).toBeLessThanOrEqual(40);
  });
});
