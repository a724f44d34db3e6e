import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CompilerCache,
  check,
  createCache,
  renderDiagnostics,
  report,
} from "../../src/compiler/index.ts";
import { arbitrarySpec } from "./arbitrary-spec.ts";
import { fuzz } from "./fuzz.ts";

describe("any valid specification", () => {
  it("has no errors, and every shape that it must have", async () => {
    await fuzz(
      fc.property(arbitrarySpec(), ({ text, networks, input, output }) => {
        const checked = check(text);
        const errors = checked.diagnostics.filter(({ severity }) => severity === "error");
        if (errors.length > 0) throw new Error(renderDiagnostics(errors));
        expect(checked.networks).toEqual(networks);
        const result = report(text);
        expect(result.report?.input).toEqual(input);
        expect(result.report?.outputs[0]?.shape).toEqual(output);
      }),
      { runs: 120, longRuns: 80_000 },
    );
  });

  it("costs as much as its blocks together", async () => {
    await fuzz(
      fc.property(arbitrarySpec({ maxEdits: 0 }), ({ text }) => {
        const { report: whole } = report(text);
        const blocks = whole?.modules.filter(({ level }) => level === 0) ?? [];
        const sum = (count: (block: (typeof blocks)[number]) => number): number =>
          blocks.reduce((total, block) => total + count(block), 0);
        expect(sum(({ params }) => params)).toBe(whole?.params.total);
        expect(sum(({ macs }) => macs)).toBe(whole?.macs);
        expect(sum(({ convs }) => convs)).toBe(whole?.convs);
      }),
      { runs: 50, longRuns: 20_000 },
    );
  });

  it("is checked the same with a cache and without", async () => {
    const cache = createCache();
    await fuzz(
      fc.property(arbitrarySpec(), ({ text }) => {
        const messages = (options: { readonly cache?: CompilerCache }): readonly string[] =>
          check(text, options).diagnostics.map(({ message }) => message);
        expect(messages({ cache })).toEqual(messages({}));
        expect(messages({ cache })).toEqual(messages({}));
      }),
      { runs: 50, longRuns: 5_000 },
    );
  });
});
