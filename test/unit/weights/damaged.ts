/** Damages real checkpoints in many ways, and checks that each is read or refused with an error of its own. */
import fc from "fast-check";
import { expect } from "vitest";
import { bytesInMemory, singleFile } from "../../../src/weights/byte-source.ts";
import { readValues, valueCount } from "../../../src/weights/checkpoint.ts";
import { CheckpointError } from "../../../src/weights/checkpoint-error.ts";
import { openCheckpoint } from "../../../src/weights/open-checkpoint.ts";
import { realBytes } from "./real-files.ts";

/** Opens a file and reads everything in it. No tensor may be much larger than the file that it came from. */
async function readAll(bytes: Uint8Array): Promise<void> {
  const { tensors } = await openCheckpoint(singleFile(bytesInMemory("x", bytes)));
  for (const tensor of tensors) {
    expect(valueCount(tensor.shape)).toBeLessThan(1024 * (bytes.length + 1024));
    await readValues(tensor);
  }
}

/** The error of a file that must be refused. */
export async function errorOf(bytes: Uint8Array): Promise<CheckpointError> {
  const error = await readAll(bytes).catch((thrown: unknown) => thrown);
  if (!(error instanceof CheckpointError)) throw error ?? new Error("was read");
  return error;
}

async function expectReadOrRefused(bytes: Uint8Array): Promise<void> {
  try {
    await readAll(bytes);
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
  }
}

interface Damage {
  /** Bytes from one cut to the next. */
  readonly step?: number;
  readonly runs?: number;
  /** What is damaged, where it is a part of a file, and the file made of it. */
  readonly part?: Uint8Array;
  readonly wrap?: (part: Uint8Array) => Uint8Array;
}

/** Cuts a real file at each of its bytes, and changes a few bytes many times. */
export async function expectNoOtherError(file: string, damage: Damage = {}): Promise<void> {
  const { step = 1, runs = 300, part = realBytes(file), wrap = (bytes) => bytes } = damage;
  for (let length = 0; length < part.length; length += step) {
    await expectReadOrRefused(wrap(part.slice(0, length)));
  }
  const changes = fc.array(
    fc.tuple(
      fc.nat(part.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)),
    ),
    { minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(changes, async (places) => {
      const damaged = part.slice();
      for (const [at, byte] of places) damaged[at] = byte;
      await expectReadOrRefused(wrap(damaged));
    }),
    { numRuns: runs },
  );
}
