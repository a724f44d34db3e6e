/** Bytes that are read in ranges, so that a large file never has to be in memory as a whole. */
import { CheckpointError } from "./checkpoint-error.ts";

export interface ByteSource {
  /** For messages: the file as the user named it. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to `end`, all of them. Rejects with a {@link CheckpointError} for a range that is not there. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** A checkpoint's files: many formats have one, some lay their tensors in others beside it. */
export interface CheckpointFiles {
  readonly main: ByteSource;
  /**
   * Opens a file by its name relative to the folder of the main one, and undefined where there is none. Rejects with a
   * {@link CheckpointError} for names that lead out of the folder.
   */
  beside(name: string): Promise<ByteSource | undefined>;
}

/** A source of what is in memory already. */
export function bytesInMemory(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    async read(start, end) {
      checkRange({ name, size: bytes.length }, start, end);
      return bytes.subarray(start, end);
    },
  };
}

/** A source of a `Blob` or of a `File` that a user chose in a browser. */
export function bytesOfBlob(name: string, blob: Blob): ByteSource {
  return {
    name,
    size: blob.size,
    async read(start, end) {
      checkRange({ name, size: blob.size }, start, end);
      return new Uint8Array(await blob.slice(start, end).arrayBuffer());
    },
  };
}

/** The files of a map by name, the first of which is the main one. */
export function filesInMemory(files: ReadonlyMap<string, Uint8Array>): CheckpointFiles {
  const sources = new Map([...files].map(([name, bytes]) => [name, bytesInMemory(name, bytes)]));
  const [main] = sources.values();
  if (main === undefined) throw new RangeError("a checkpoint has at least one file");
  return {
    main,
    async beside(name) {
      return sources.get(safeRelativeName(main.name, name));
    },
  };
}

/** A checkpoint that is one file. */
export function singleFile(main: ByteSource): CheckpointFiles {
  return {
    main,
    async beside(name) {
      safeRelativeName(main.name, name);
      return undefined;
    },
  };
}

/** Gives `name` back, or throws a {@link CheckpointError} where it leads out of the folder of `main`. */
export function safeRelativeName(main: string, name: string): string {
  const parts = name.split(/[\\/]/);
  const isInside =
    name !== "" && !/^[a-z]:/i.test(name) && parts.every((part) => !["", ".."].includes(part));
  if (!isInside || name.includes("\0")) {
    throw new CheckpointError(
      { file: main },
      `names a file outside its folder: ${JSON.stringify(name)}`,
    );
  }
  return name;
}

/** Throws a {@link CheckpointError} for a range that is not inside the file. */
export function checkRange(
  { name, size }: Pick<ByteSource, "name" | "size">,
  start: number,
  end: number,
): void {
  if (
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(end) &&
    0 <= start &&
    start <= end &&
    end <= size
  ) {
    return;
  }
  throw new CheckpointError(
    { file: name, bytes: [start, end] },
    `are not in the file, which has ${size} bytes`,
    "the file is cut off or damaged: fetch it again",
  );
}
