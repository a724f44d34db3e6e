/** Opens a checkpoint of any format that is read, which its first bytes tell. */
import type { CheckpointFiles } from "./byte-source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { CheckpointError } from "./checkpoint-error.ts";
import { looksLikeSafetensors, readSafetensors } from "./formats/safetensors/read-safetensors.ts";

/** Bytes from the start of a file that tell its format. */
const START_BYTES = 64;

/** Reads names, shapes and types. Rejects with a {@link CheckpointError} where no format fits, or the file is damaged. */
export async function openCheckpoint({ main }: CheckpointFiles): Promise<Checkpoint> {
  const start = await main.read(0, Math.min(START_BYTES, main.size));
  if (looksLikeSafetensors(start, main.size)) return readSafetensors(main);
  throw new CheckpointError({ file: main.name }, "is no checkpoint of a format that is read");
}
