/** Opens a checkpoint of any format that is read, which its first bytes tell. */
import type { ByteSource, CheckpointFiles } from "./byte-source.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { CheckpointError } from "./checkpoint-error.ts";
import { isKerasArchive, readKerasArchive } from "./formats/keras/read-keras-3.ts";
import { readKerasH5 } from "./formats/keras/read-keras-h5.ts";
import { isNpz, readNpz } from "./formats/npz/read-npz.ts";
import {
  isTorchArchive,
  looksLikeLegacyTorch,
  readLegacyTorch,
  readTorchArchive,
} from "./formats/pytorch/read-pytorch.ts";
import { looksLikeSafetensors, readSafetensors } from "./formats/safetensors/read-safetensors.ts";
import { looksLikeHdf5 } from "./hdf5/open-hdf5.ts";
import { looksLikeZip, readZip } from "./zip/read-zip.ts";

/** Bytes from the start of a file that tell its format. */
const START_BYTES = 64;

/** Reads names, shapes and types. Rejects with a {@link CheckpointError} where no format fits, or the file is damaged. */
export async function openCheckpoint({ main }: CheckpointFiles): Promise<Checkpoint> {
  const start = await main.read(0, Math.min(START_BYTES, main.size));
  if (looksLikeSafetensors(start, main.size)) return readSafetensors(main);
  if (looksLikeLegacyTorch(start)) return readLegacyTorch(main);
  if (looksLikeHdf5(start)) return readKerasH5(main);
  if (looksLikeZip(start)) return openArchive(main);
  throw new CheckpointError({ file: main.name }, "is no checkpoint of a format that is read");
}

/** Several formats are zip archives, told apart by the files in them. */
async function openArchive(source: ByteSource): Promise<Checkpoint> {
  const files = await readZip(source);
  if (isTorchArchive(files)) return readTorchArchive(source, files);
  if (isKerasArchive(files)) return readKerasArchive(source, files);
  if (isNpz(files)) return readNpz(source, files);
  throw new CheckpointError(
    { file: source.name },
    "is a zip archive, but no checkpoint of a format that is read",
  );
}
