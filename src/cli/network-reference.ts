/** Parses `FILE[:Network]` arguments, including Windows drives and `-` for standard input. */
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";

/** The path that stands for standard input. */
export const STDIN = "-";

/** A file, `-` for standard input, and the network in it, if one is named. */
export interface NetworkReference {
  readonly file: string;
  readonly network: string | undefined;
}

/**
 * Splits at the last colon, unless the whole argument is a file that exists or the colon belongs to a Windows drive
 * (`C:\nets\a.incept`, `C:a.incept`) or is followed by more of a path.
 */
export function parseNetworkReference(
  argument: string,
  exists: (path: string) => boolean,
): NetworkReference {
  if (argument === "") throw new Failure(EXIT_CODES.usage, "the name of the input file is empty");
  const whole: NetworkReference = { file: argument, network: undefined };
  const colon = argument.lastIndexOf(":");
  if (colon <= 0 || exists(argument)) return whole;
  const file = argument.slice(0, colon);
  const network = argument.slice(colon + 1);
  if (/[\\/]/.test(network)) return whole;
  const maybeDrive = /^[A-Za-z]$/.test(file);
  if (maybeDrive && !exists(file)) return whole;
  if (network === "") {
    throw new Failure(
      EXIT_CODES.usage,
      `no network is named after the colon of \`${argument}\``,
      `write \`${file}:Name\`, or \`${file}\` for the whole file`,
    );
  }
  return { file, network };
}
