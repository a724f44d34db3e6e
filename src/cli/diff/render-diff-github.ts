/** Owns a comparison as annotations of a GitHub workflow, on the lines of head (of base for what head lacks). */
import { groupFindings } from "../../compiler/index.ts";
import { countSentence, type DiffView, placesText, sameSentence } from "./diff-sentences.ts";

const COMMAND_OF_LEVEL = {
  error: "error",
  warning: "warning",
  info: "notice",
  off: "notice",
} as const;

export function renderDiffGithub(view: DiffView): string {
  const { selected } = view;
  const lines = groupFindings(selected.findings).map((group) => {
    const { id, level, class: of, head, base, message, fingerprint } = group.finding;
    const place = head ?? base;
    const where = place
      ? `file=${escapeProperty(place.file)},line=${place.line},col=${place.column},`
      : "";
    const places = placesText(group);
    const text = `${message}${places === "" ? "" : ` in ${places}`} (${of}, ${fingerprint})`;
    return `::${COMMAND_OF_LEVEL[level]} ${where}title=${escapeProperty(`diff/${id}`)}::${escapeText(text)}`;
  });
  const summary = sameSentence(view) ?? countSentence(selected);
  return `${[...lines, `::notice title=inceptc diff::${escapeText(summary)}`].join("\n")}\n`;
}

/** A workflow command ends at its line, whatever a text holds. */
function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
