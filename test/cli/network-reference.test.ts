/** Tests the parsing of `FILE[:Network]`. */
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/cli/failure.ts";
import { parseNetworkReference, parseSideReference } from "../../src/cli/network-reference.ts";

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

describe("parseSideReference", () => {
  const parse = (argument: string) =>
    parseSideReference(argument, {
      exists: (file) => ["net.incept", "HEAD:odd", "odd"].includes(file),
      isPreset: (name) => name === "inception-v4",
      isInRevision: (revision, file) => revision === "HEAD" && file === "a:b.incept",
    });

  test.each([
    ["/dev/null", { kind: "nothing" }],
    ["-:Tiny", { kind: "file", file: "-", network: "Tiny" }],
    ["net.incept:Tiny", { kind: "file", file: "net.incept", network: "Tiny" }],
    ["missing.incept", { kind: "file", file: "missing.incept", network: undefined }],
    ["HEAD:odd", { kind: "file", file: "HEAD:odd", network: undefined }],
    ["preset:inception-v4", { kind: "preset", file: "inception-v4", network: undefined }],
    ["preset:inception-v4:A", { kind: "preset", file: "inception-v4", network: "A" }],
    ["v1:n.incept", { kind: "revision", revision: "v1", file: "n.incept", network: undefined }],
    ["v1:n.incept:A", { kind: "revision", revision: "v1", file: "n.incept", network: "A" }],
    [
      "HEAD:a:b.incept",
      { kind: "revision", revision: "HEAD", file: "a:b.incept", network: undefined },
    ],
    ["HEAD:a:b.incept:A", { kind: "revision", revision: "HEAD", file: "a:b.incept", network: "A" }],
    [":n.incept", { kind: "unknown" }],
  ])("%s", (argument, side) => {
    expect(parse(argument)).toEqual(side);
  });
});
