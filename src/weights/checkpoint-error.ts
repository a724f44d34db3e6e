/** The error for a checkpoint that cannot be read: it names the file, the tensor and the bytes. */

/** Where in a checkpoint something is wrong. */
export interface CheckpointPlace {
  /** The file, as the user named it. */
  readonly file: string;
  readonly tensor?: string;
  /** First byte, and the one behind the last. */
  readonly bytes?: readonly [start: number, end: number];
}

/** Thrown for files that are damaged, hostile, or of a kind that is not read; nothing has been written then. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
  readonly place: CheckpointPlace;
  readonly reason: string;
  /** What the user can do about it. */
  readonly help: string | undefined;

  /** `reason` continues a sentence that begins with the place: "has a negative size". */
  constructor(place: CheckpointPlace, reason: string, help?: string) {
    super(`${describePlace(place)} ${reason}`);
    this.place = place;
    this.reason = reason;
    this.help = help;
  }
}

function describePlace({ file, tensor, bytes }: CheckpointPlace): string {
  const range = bytes === undefined ? "" : `, bytes ${bytes[0]} to ${bytes[1]}`;
  return tensor === undefined ? `${file}${range}` : `${file}: tensor \`${tensor}\`${range}`;
}
