/** Checkpoints that frameworks wrote (scripts/reference/write_checkpoints.py), and what is in them. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { bytesInMemory, singleFile } from "../../../src/weights/byte-source.ts";
import { type CheckpointFormat, readValues } from "../../../src/weights/checkpoint.ts";
import { openCheckpoint } from "../../../src/weights/open-checkpoint.ts";

const FOLDER = new URL("../../weights/files/", import.meta.url);

interface ExpectedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
  /** In row-major order, as JSON can write them: `nan`, `inf` and `-inf` are texts. */
  readonly values: readonly (number | string)[];
}

const EXPECTED: Readonly<Record<string, readonly ExpectedTensor[]>> = JSON.parse(
  readFileSync(new URL("expected.json", FOLDER), "utf8"),
);

const SPECIAL: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, "-inf": -Infinity };

export function realBytes(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(file, FOLDER)));
}

/**
 * Reads one of the files and compares all that is in it with what the framework gave to write. Files of Keras 3 have their
 * layers in the order of the alphabet, and not in that of the model.
 */
export async function expectReal(
  file: string,
  format: CheckpointFormat,
  order: "this order" | "any order" = "this order",
): Promise<void> {
  const checkpoint = await openCheckpoint(singleFile(bytesInMemory(file, realBytes(file))));
  expect(checkpoint.format).toBe(format);
  const sorted = <T extends { readonly name: string }>(tensors: readonly T[]): readonly T[] =>
    order === "this order" ? tensors : tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const expected = sorted(EXPECTED[file] ?? []);
  const tensors = sorted(checkpoint.tensors);
  expect(expected.length).toBeGreaterThan(0);
  expect(tensors.map(({ name, shape, type }) => ({ name, shape, type }))).toEqual(
    expected.map(({ name, shape, type }) => ({ name, shape, type })),
  );
  for (const [index, tensor] of tensors.entries()) {
    const values = (expected[index]?.values ?? []).map((value) =>
      typeof value === "string" ? (SPECIAL[value] ?? Number(value)) : value,
    );
    expect(await readValues(tensor), tensor.name).toEqual(Float32Array.from(values));
  }
}
