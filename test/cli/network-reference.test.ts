/** Tests the parsing of `FILE[:Network]`. */
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/cli/failure.ts";
import { parseNetworkReference } from "../../src/cli/network-reference.ts";

const nothingExists = (): boolean => false;

describe("parseNetworkReference", () => {
  test.each([
    ["net.incept", "net.incept", undefined],
    ["net.incept:Tiny", "net.incept", "Tiny"],
    ["a/b:c.incept:Tiny", "a/b:c.incept", "Tiny"],
    ["-", "-", undefined],
    ["-:Tiny", "-", "Tiny"],
    ["C:\\nets\\a.incept", "C:\\nets\\a.incept", undefined],
    ["C:\\nets\\a.incept:Tiny", "C:\\nets\\a.incept", "Tiny"],
    ["C:/nets/a.incept", "C:/nets/a.incept", undefined],
    ["C:a.incept", "C:a.incept", undefined],
    ["\\\\server\\share\\a.incept:Tiny", "\\\\server\\share\\a.incept", "Tiny"],
    [":odd", ":odd", undefined],
  ])("%s", (argument, file, network) => {
    expect(parseNetworkReference(argument, nothingExists)).toEqual({ file, network });
  });

  test("takes a file that exists as a file, colon and all", () => {
    const exists = (path: string): boolean => path === "odd:Name";
    expect(parseNetworkReference("odd:Name", exists)).toEqual({
      file: "odd:Name",
      network: undefined,
    });
  });

  test.each(["", "net.incept:"])("`%s` is not understood", (argument) => {
    expect(() => parseNetworkReference(argument, nothingExists)).toThrow(Failure);
  });
});
