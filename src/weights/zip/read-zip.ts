/** Reads zip archives in ranges: the directory at first, then the bytes of an entry when they are asked for. */
import { type Entry, Reader, ZipReader } from "@zip.js/zip.js/lib/zip-core-custom.js";
import type { ByteSource } from "../byte-source.ts";
import { CheckpointError } from "../checkpoint-error.ts";

/** A file in an archive. */
export interface ZippedFile {
  readonly name: string;
  /** Bytes, unpacked, as the directory says. Reading ends with an error where that is not true. */
  readonly size: number;
  /** Bytes it takes in the archive: itself where it is not compressed. */
  readonly start: number;
  readonly end: number;
  readonly isCompressed: boolean;
  /** All bytes in order; rejects with a {@link CheckpointError}, at the latest behind the last byte. `tensor` is named in it. */
  read(tensor?: string): AsyncGenerator<Uint8Array, undefined>;
}

/** Names are never used as paths, so that they may look like some. Workers would be files of their own in a bundle. */
const OPTIONS = { filenameValidation: "tolerant", useWebWorkers: false } as const;

/** The least that an entry takes in the directory. */
const DIRECTORY_ENTRY_BYTES = 46;

/** Whether a file begins as a zip archive does: with an entry, or with the end of an empty directory. */
export function looksLikeZip(start: Uint8Array): boolean {
  const [p, k, a, b] = start;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/**
 * The files of an archive in the order of its directory. Rejects with a {@link CheckpointError} for archives that are
 * damaged or encrypted, and where entries overlap: one byte could be unpacked any number of times then.
 */
export async function readZip(source: ByteSource): Promise<readonly ZippedFile[]> {
  const files: ZippedFile[] = [];
  const names = new Set<string>();
  try {
    const zip = new ZipReader(new SourceReader(source), OPTIONS);
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.directory) continue;
      if (names.has(entry.filename)) {
        throw new CheckpointError({ file: source.name }, `holds two files \`${entry.filename}\``);
      }
      names.add(entry.filename);
      files.push(await fileOf(source, entry));
      if (files.length * DIRECTORY_ENTRY_BYTES > source.size) {
        throw new CheckpointError({ file: source.name }, "has a directory longer than itself");
      }
    }
  } catch (error) {
    throw asCheckpointError(error, { file: source.name }, "is a damaged zip archive");
  }
  return files;
}

async function fileOf(source: ByteSource, entry: Entry): Promise<ZippedFile> {
  const { filename: name, uncompressedSize: size, compressedSize, compressionMethod } = entry;
  const place = { file: source.name };
  if (entry.directory || entry.encrypted) {
    throw new CheckpointError(place, `holds \`${name}\` encrypted, which is not read`);
  }
  if (compressionMethod !== 0 && compressionMethod !== 8) {
    throw new CheckpointError(
      place,
      `holds \`${name}\` compressed by method ${compressionMethod}; only deflate is read`,
    );
  }
  // Reads the header in front of the data and compares it with the directory.
  await entry.getData(new WritableStream(), { checkOverlappingEntryOnly: true });
  const start = entry.localDirectory?.dataOffset ?? 0;
  const end = start + compressedSize;
  return {
    name,
    size,
    start,
    end,
    isCompressed: compressionMethod !== 0,
    read: (tensor) => unpack(source.name, entry, [start, end], tensor),
  };
}

async function* unpack(
  file: string,
  entry: Extract<Entry, { directory: false }>,
  bytes: readonly [number, number],
  tensor: string | undefined,
): AsyncGenerator<Uint8Array, undefined> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const reader = readable.getReader();
  // Ends with an error both in the stream and here: the first is thrown, the second says why.
  const done = entry.getData(writable, { checkCrc32: true }).then(
    () => undefined,
    (error: unknown) => error ?? new Error("unreadable"),
  );
  let isFinished = false;
  try {
    while (true) {
      const { value, done: isLast } = await reader.read();
      if (isLast) break;
      yield value;
    }
    isFinished = true;
    const error = await done;
    if (error !== undefined) throw error;
  } catch (error) {
    const cause = isFinished ? error : ((await done) ?? error);
    isFinished = true;
    const place = { file, bytes, ...(tensor === undefined ? {} : { tensor }) };
    throw asCheckpointError(cause, place, `are damaged data of \`${entry.filename}\``);
  } finally {
    if (!isFinished) {
      await reader.cancel().catch(() => undefined);
      await done;
    }
  }
}

class SourceReader extends Reader<ByteSource> {
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    super(source);
    this.#source = source;
    this.size = source.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const start = Math.min(index, this.#source.size);
    return this.#source.read(start, Math.min(start + length, this.#source.size));
  }
}

function asCheckpointError(
  error: unknown,
  place: ConstructorParameters<typeof CheckpointError>[0],
  reason: string,
): CheckpointError {
  if (error instanceof CheckpointError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new CheckpointError(
    place,
    `${reason}: ${detail}`,
    "the file is cut off or damaged: fetch it again",
  );
}
