/** Prints a comparison as annotations of a GitHub workflow, on lines of head, or of base for what head lacks. */
import { groupFindings } from "../../compiler/index.ts";
import { countSentence, type DiffView, placesText, sameSentence } from "./diff-sentences.ts";

const COMMAND_OF_LEVEL = {
  error: "error",
  warning: "warning",
  info: "notice",
  off: "notice",
} as const;

export function renderDiffGithub(view: DiffView): string {
  const summary = sameSentence(view) ?? countSentence(view.selected);
  return `${[...annotations(view), notice("inceptc diff", summary)].join("\n")}\n`;
}

/** A line for each kind of finding. */
export function annotations({ diff, selected }: DiffView): readonly string[] {
  return groupFindings(selected.findings).map((group) => {
    const { id, level, class: of, head, base, message, fingerprint } = group.finding;
    const place = head ?? base;
    const where = place
      ? `file=${escapeProperty(place.file)},line=${place.line},col=${place.column},`
      : "";
    const places = placesText(group);
    const text = `${message}${places === "" ? "" : ` in ${places}`} (${of}, ${fingerprint})`;
    // A new network breaks no users.
    const command = diff.base === null ? "notice" : COMMAND_OF_LEVEL[level];
    return `::${command} ${where}title=${escapeProperty(`diff/${id}`)}::${escapeText(text)}`;
  });
}

/** A line that is shown with the run, at no place of a file. */
export function notice(title: string, text: string): string {
  return `::notice title=${escapeProperty(title)}::${escapeText(text)}`;
}

/** As {@link notice}, for what fails. */
export function failure(title: string, text: string): string {
  return `::error title=${escapeProperty(title)}::${escapeText(text)}`;
}

/** A workflow command ends at its line, whatever a text holds. */
function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
