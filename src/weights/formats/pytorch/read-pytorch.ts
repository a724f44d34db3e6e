/**
 * Reads state dicts of PyTorch: archives, which it writes since 1.6, and the older files of several pickles with all
 * storages behind them.
 *
 * Source: torch/serialization.py, `_save`, `_legacy_save` and `_legacy_load`.
 */
import type { ByteSource } from "../../byte-source.ts";
import type { Checkpoint } from "../../checkpoint.ts";
import { CheckpointError } from "../../checkpoint-error.ts";
import { elementBytes } from "../../stored-type.ts";
import type { ZippedFile } from "../../zip/read-zip.ts";
import {
  PickleDict,
  PickleList,
  PickleRefusal,
  PickleTooShort,
  type PickleValue,
} from "./pickle-value.ts";
import { type StoragePlace, storedTensor } from "./read-storage.ts";
import { findStateDict, type StateDict } from "./state-dict.ts";
import { type TorchStorage, torchRules } from "./torch-values.ts";
import { type PickleRules, unpickle } from "./unpickle.ts";

/** Names, shapes and what else is pickled; values are not. */
const MAX_PICKLE_BYTES = 16 * 1024 * 1024;

/** The first pickle of an old file: protocol 2, and PyTorch's number in 10 bytes. */
const LEGACY_START = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8];
const LEGACY_VERSION = 1001;

const CUT_OFF = "the file is cut off or damaged: fetch it again";

const PICKLE = /^(.*\/)?data\.pkl$/;

/** Whether an archive is one of PyTorch: all in one folder, with a pickle. */
export function isTorchArchive(files: readonly ZippedFile[]): boolean {
  return files.some(({ name }) => PICKLE.test(name));
}

/** Whether a file begins as those before PyTorch 1.6 do. */
export function looksLikeLegacyTorch(start: Uint8Array): boolean {
  // The second byte is the version of the pickle, which may be chosen.
  return LEGACY_START.every((byte, index) => index === 1 || start[index] === byte);
}

export async function readTorchArchive(
  source: ByteSource,
  files: readonly ZippedFile[],
): Promise<Checkpoint> {
  const byName = new Map(files.map((file) => [file.name, file]));
  const pickle = files.find(({ name }) => PICKLE.test(name));
  const folder = pickle?.name.slice(0, -"data.pkl".length) ?? "";
  const compressed = files.find(({ isCompressed }) => isCompressed);
  if (pickle === undefined || compressed !== undefined) {
    throw new CheckpointError(
      { file: source.name },
      `has \`${compressed?.name}\` compressed, which PyTorch does not write`,
      "unpack it and zip it again without compression",
    );
  }
  if (pickle.size > MAX_PICKLE_BYTES) throw tooLong(source, pickle.start);
  const bytes = await source.read(pickle.start, pickle.end);
  const { value } = unpickleAt(source, torchRules(new Map()), bytes, 0, pickle.start);
  const order = byName.get(`${folder}byteorder`);
  const isBigEndian = order !== undefined && (await readShortText(source, order)) === "big";
  return checkpointOf(source, findStateDict(source.name, value), isBigEndian, ({ key }) =>
    byName.get(`${folder}data/${key}`),
  );
}

async function readShortText(source: ByteSource, { start, end }: ZippedFile): Promise<string> {
  return new TextDecoder().decode(await source.read(start, Math.min(end, start + 16))).trim();
}

export async function readLegacyTorch(source: ByteSource): Promise<Checkpoint> {
  const pickles = await readPickles(source, 5);
  const [, version, system, root = null, keys] = pickles.values;
  if (version !== LEGACY_VERSION) {
    throw new CheckpointError(
      { file: source.name },
      `has version ${String(version)} of PyTorch's files`,
    );
  }
  const isBigEndian = system instanceof PickleDict && system.entries.get("little_endian") === false;
  const stateDict = findStateDict(source.name, root);
  const places = await locateStorages(source, keys ?? null, pickles, isBigEndian);
  return checkpointOf(source, stateDict, isBigEndian, ({ key }) => places.get(key));
}

/** Each storage is its number of values in 8 bytes, then its values; one in the list of keys follows the other. */
async function locateStorages(
  source: ByteSource,
  keys: PickleValue,
  { storages, end: firstStart }: LegacyPickles,
  isBigEndian: boolean,
): Promise<ReadonlyMap<string, StoragePlace>> {
  if (!(keys instanceof PickleList)) {
    throw new CheckpointError({ file: source.name }, "has no list of its storages");
  }
  const places = new Map<string, StoragePlace>();
  let start = firstStart;
  for (const key of keys.items) {
    const storage = storages.get(String(key));
    if (storage?.type === undefined || places.has(storage.key)) {
      throw new CheckpointError(
        { file: source.name, bytes: [start, start] },
        `are those of the storage ${JSON.stringify(String(key))}, which no tensor has`,
      );
    }
    const count = await readCount(source, start, isBigEndian);
    const end = start + 8 + count * elementBytes(storage.type);
    if (count !== storage.length || end > source.size) {
      throw new CheckpointError(
        { file: source.name, bytes: [start, Math.min(end, source.size)] },
        `are a storage of ${count} values, and the one described has ${storage.length}`,
        CUT_OFF,
      );
    }
    places.set(storage.key, { start: start + 8, end });
    start = end;
  }
  return places;
}

async function readCount(source: ByteSource, start: number, isBigEndian: boolean): Promise<number> {
  const bytes = await source.read(start, start + 8);
  return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, !isBigEndian));
}

interface LegacyPickles {
  readonly values: readonly PickleValue[];
  readonly storages: ReadonlyMap<string, TorchStorage>;
  readonly end: number;
}

/** Pickles do not say how long they are: twice as much is read until they are complete. */
async function readPickles(source: ByteSource, count: number): Promise<LegacyPickles> {
  for (let length = 64 * 1024; ; length *= 2) {
    const bytes = await source.read(0, Math.min(length, source.size));
    try {
      const values: PickleValue[] = [];
      const storages = new Map<string, TorchStorage>();
      const rules = torchRules(storages);
      let end = 0;
      while (values.length < count) {
        const next = unpickleAt(source, rules, bytes, end, 0, "partial");
        values.push(next.value);
        end = next.end;
      }
      return { values, storages, end };
    } catch (error) {
      if (!(error instanceof PickleTooShort)) throw error;
      if (bytes.length === source.size) {
        throw new CheckpointError(
          { file: source.name, bytes: [0, source.size] },
          "end in the middle of a pickle",
          CUT_OFF,
        );
      }
      if (length >= MAX_PICKLE_BYTES) throw tooLong(source, 0);
    }
  }
}

/** Unpickles from `at` of bytes that lie at `fileStart` of the file. Partial bytes may end too early. */
function unpickleAt(
  source: ByteSource,
  rules: PickleRules,
  bytes: Uint8Array,
  at: number,
  fileStart: number,
  extent: "whole" | "partial" = "whole",
): { value: PickleValue; end: number } {
  const place = {
    file: source.name,
    bytes: [fileStart + at, fileStart + bytes.length],
  } as const;
  try {
    return unpickle(bytes, at, rules);
  } catch (error) {
    if (error instanceof PickleRefusal) {
      throw new CheckpointError({ file: source.name }, error.message, error.help);
    }
    if (error instanceof PickleTooShort && extent === "whole") {
      throw new CheckpointError(place, "end in the middle of a pickle", CUT_OFF);
    }
    throw error;
  }
}

function tooLong(source: ByteSource, start: number): CheckpointError {
  return new CheckpointError(
    { file: source.name, bytes: [start, start + MAX_PICKLE_BYTES] },
    "are no whole pickle; longer ones are not read",
    "save model.state_dict() alone in Python",
  );
}

function checkpointOf(
  source: ByteSource,
  { tensors, metadata }: StateDict,
  isBigEndian: boolean,
  placeOf: (storage: TorchStorage) => StoragePlace | undefined,
): Checkpoint {
  return {
    format: "pytorch",
    name: source.name,
    tensors: [...tensors].map(([name, tensor]) =>
      storedTensor(source, name, tensor, placeOf(tensor.storage), isBigEndian),
    ),
    metadata,
  };
}
