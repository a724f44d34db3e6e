/**
 * Parses arguments that name a network: `FILE[:Network]`, including Windows drives and `-` for standard input, and for
 * comparisons also `REV:FILE[:Network]`, `preset:NAME[:Network]` and `/dev/null`. No other file takes such a text apart.
 */
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";

/** The path that stands for standard input. */
export const STDIN = "-";

/** A file, `-` for standard input, and the network in it, if one is named. */
export interface NetworkReference {
  readonly file: string;
  readonly network: string | undefined;
}

/** A side of a comparison. */
export type SideReference =
  | { readonly kind: "nothing" }
  | ({ readonly kind: "file" } & NetworkReference)
  /** `file` is the name of a specification that comes with inceptc. */
  | ({ readonly kind: "preset" } & NetworkReference)
  /** `file` is as git has it: from the root of the repository, or from the current folder if it begins with a dot. */
  | ({ readonly kind: "revision"; readonly revision: string } & NetworkReference)
  /** No file has the name, and it does not have the form of anything else. */
  | { readonly kind: "unknown" };

/** The path that git passes for a missing file. */
export const NOTHING = "/dev/null";

const PRESET = "preset:";

/** Whether there is such a file: on disk, among the presets, or in a revision. */
export interface ReferencedFiles {
  exists(file: string): boolean;
  isPreset(name: string): boolean;
  isInRevision(revision: string, file: string): boolean;
}

/** A file that exists comes before a revision of the same name; a revision ends at the first colon. */
export function parseSideReference(argument: string, files: ReferencedFiles): SideReference {
  if (argument === NOTHING) return { kind: "nothing" };
  if (argument.startsWith(PRESET)) {
    const named = parseNetworkReference(argument.slice(PRESET.length), files.isPreset);
    return { kind: "preset", ...named };
  }
  const whole = parseNetworkReference(argument, files.exists);
  const isFile = whole.file === STDIN || files.exists(whole.file) || !argument.includes(":");
  if (isFile) return { kind: "file", ...whole };
  const colon = argument.indexOf(":");
  if (colon <= 0 || colon === argument.length - 1) return { kind: "unknown" };
  const revision = argument.slice(0, colon);
  const inside = parseNetworkReference(argument.slice(colon + 1), (file) =>
    files.isInRevision(revision, file),
  );
  return { kind: "revision", revision, ...inside };
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

/** Whether the text is read from standard input, whatever network of it is named. */
export function namesStdin(argument: string): boolean {
  return parseNetworkReference(argument, () => false).file === STDIN;
}
