/** Owns reading `--set name=value` off the command line; what a value means is the compiler's business. */
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";

/** Values for network parameters by name, as the user wrote them. */
export function parseSettings(pairs: readonly string[]): Readonly<Record<string, string>> {
  const settings = new Map<string, string>();
  for (const pair of pairs) {
    const equals = pair.indexOf("=");
    const name = pair.slice(0, Math.max(0, equals)).trim();
    const value = pair.slice(equals + 1).trim();
    if (equals < 0 || !/^[A-Za-z_]\w*$/.test(name) || value === "") {
      throw new Failure(
        EXIT_CODES.usage,
        `\`--set ${pair}\` is not of the form name=value`,
        "for example --set classes=10",
      );
    }
    if (settings.has(name)) {
      throw new Failure(EXIT_CODES.usage, `\`--set\` gives \`${name}\` twice`);
    }
    settings.set(name, value);
  }
  return Object.fromEntries(settings);
}
