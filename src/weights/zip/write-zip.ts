/** Writes zip archives of uncompressed files as a stream. */
import { ZipWriter } from "@zip.js/zip.js/lib/zip-core-custom.js";

export interface FileToZip {
  readonly name: string;
  read(): AsyncIterable<Uint8Array>;
}

const OPTIONS = {
  level: 0,
  useWebWorkers: false,
  // The oldest date of the format, always the same: equal contents give equal archives.
  lastModDate: new Date(1980, 0, 1),
  extendedTimestamp: false,
} as const;

/** The bytes of an archive with these files in their order. */
export async function* writeZip(
  files: readonly FileToZip[],
): AsyncGenerator<Uint8Array, undefined> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const reader = readable.getReader();
  let failure: unknown;
  const written = writeFiles(files, writable).catch((error: unknown) => {
    failure = error;
    // Ends the loop below, which then throws what was the cause.
    return writable.abort(error).catch(() => undefined);
  });
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) break;
      yield value;
    }
  } catch (error) {
    throw failure ?? error;
  } finally {
    await reader.cancel().catch(() => undefined);
    await written;
  }
  if (failure !== undefined) throw failure;
}

async function writeFiles(
  files: readonly FileToZip[],
  writable: WritableStream<Uint8Array>,
): Promise<void> {
  const zip = new ZipWriter(writable, OPTIONS);
  for (const { name, read } of files) {
    const bytes = read()[Symbol.asyncIterator]();
    const readable = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await bytes.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await bytes.return?.();
      },
    });
    await zip.add(name, { readable });
  }
  await zip.close();
}
