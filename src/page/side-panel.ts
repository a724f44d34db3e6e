/**
 * Renders the panel beside the figure: facts about a block, or search results. Text is inserted as text, never as HTML.
 */
import { formatExact } from "../compiler/core/format-count.ts";
import { linesOf } from "../compiler/emit/picture/block-text.ts";
import type { FoundNode } from "../compiler/emit/picture/find-nodes.ts";
import { USUAL_LOOK } from "../compiler/emit/picture/look.ts";

export function renderFacts({ path, node }: FoundNode): HTMLElement {
  const { title, note } = linesOf(node, USUAL_LOOK);
  const { input, output, params, macs, at, facts, mark } = node;
  const rows = [
    ["path", path],
    ["input", input],
    ["output", output],
    ["parameters", formatExact(params)],
    ["MACs", formatExact(macs)],
    ["source", at],
    ...(mark ? [["compared", mark]] : []),
    ...facts,
  ];
  const list = make("dl", "");
  for (const [name = "", value = ""] of rows) list.append(make("dt", name), make("dd", value));
  const section = make("section", "");
  section.append(make("h2", note === "" ? title : `${title} ${note}`), list);
  return section;
}

export function renderHits(
  hits: readonly FoundNode[],
  choose: (path: string) => void,
): HTMLElement {
  if (hits.length === 0) return make("p", "Nothing of that name.");
  const list = make("ul", "");
  for (const { path, node } of hits) {
    const { title, note } = linesOf(node, USUAL_LOOK);
    const button = make("button", `${path} · ${title}${note === "" ? "" : ` ${note}`}`);
    button.addEventListener("click", () => choose(path));
    const item = make("li", "");
    item.append(button);
    list.append(item);
  }
  return list;
}

function make(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
