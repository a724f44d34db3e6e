/**
 * Script of a picture's page: redraws the picture with other groups open, and handles clicks, keys and the search.
 *
 * Layout and drawing come from the compiler, which is bundled into the page.
 */
import { countBlocks, MAX_BLOCKS } from "../compiler/emit/picture/count-blocks.ts";
import { drawFigure } from "../compiler/emit/picture/draw-figure.ts";
import { type FoundNode, listNodes, searchNodes } from "../compiler/emit/picture/find-nodes.ts";
import { createFolding, findGroups, type OpenBase } from "../compiler/emit/picture/folding.ts";
import type { Picture } from "../compiler/emit/picture/picture.ts";
import type { PageContent } from "../compiler/emit/picture/render-html.ts";
import { renderSvg } from "../compiler/emit/picture/render-svg.ts";
import { renderFacts, renderHits } from "./side-panel.ts";
import { createView } from "./view.ts";

/** More hits than a person reads. */
const MAX_HITS = 40;

const HINT =
  "Click a block for its numbers. Double-click a module, or press Enter, to fold or unfold it. Drag to pan, scroll to zoom.";

const content: PageContent = JSON.parse(element("content").textContent);
const { pictures, theme, look } = content;
const figure = element("figure");
const panel = element("panel");
const search = element("search");
const view = createView(element("view"), figure);

let base: OpenBase = content.base;
let toggled = new Set(content.toggled);
let drawn: { readonly base: OpenBase; readonly toggled: Set<string> } = { base, toggled };
let selected: string | undefined;

/** Draws the groups that are open now or, if that is too much, those that were open before. */
function draw(): void {
  const isOpen = createFolding(toggled, base);
  const panels = pictures.map((picture) => ({ picture, isOpen }));
  const blocks = countBlocks(panels);
  if (blocks > MAX_BLOCKS) {
    base = drawn.base;
    toggled = new Set(drawn.toggled);
    panel.replaceChildren(
      paragraph(`That would be ${blocks} blocks; at most ${MAX_BLOCKS} are drawn.`),
    );
    return;
  }
  drawn = { base, toggled: new Set(toggled) };
  figure.innerHTML = renderSvg(drawFigure(panels, { theme, look, hasButtons: true }), {
    isFocusable: true,
  });
  markSelected();
}

function markSelected(): void {
  for (const node of figure.querySelectorAll(".selected")) node.classList.remove("selected");
  for (const node of drawnAt(selected)) node.classList.add("selected");
}

/** The drawn nodes of a path: one in each picture that has it. */
function drawnAt(path: string | undefined): readonly Element[] {
  const all = figure.querySelectorAll("[data-path]");
  return [...all].filter((node) => node.getAttribute("data-path") === path);
}

function select(path: string | undefined): void {
  selected = path;
  markSelected();
  const found = path === undefined ? [] : pictures.flatMap((picture) => nodeAt(picture, path));
  panel.replaceChildren(...(found.length > 0 ? found.map(renderFacts) : [paragraph(HINT)]));
}

function nodeAt(picture: Picture, path: string): readonly FoundNode[] {
  for (const found of listNodes(picture)) if (found.path === path) return [found];
  return [];
}

/** Folds or unfolds a group, which stays where it is on the screen. */
function toggle(path: string): void {
  const before = drawnAt(path)[0]?.getBoundingClientRect();
  flip(path);
  draw();
  const after = drawnAt(path)[0];
  const now = after?.getBoundingClientRect();
  if (before && now) {
    const middle = before.left + before.width / 2 - (now.left + now.width / 2);
    view.move(middle, before.top - now.top);
  }
  if (after instanceof SVGElement) after.focus({ preventScroll: true });
}

function flip(path: string): void {
  if (!toggled.delete(path)) toggled.add(path);
}

function setAll(next: OpenBase): void {
  base = next;
  toggled = new Set();
  draw();
  view.fit();
}

/** Opens the groups around a node and scrolls to it. */
function reveal(path: string): void {
  const isOpen = createFolding(toggled, base);
  const around = pictures.flatMap((picture) => {
    const groups = findGroups(picture, path).groups.filter((group) => group.path !== path);
    return groups.flatMap((group) => nodeAt(picture, group.path));
  });
  const folded = around.filter((one) => !isOpen(one.node, one.path));
  for (const group of new Set(folded.map((one) => one.path))) flip(group);
  draw();
  select(path);
  const [first] = drawnAt(path);
  if (first) view.center(first.getBoundingClientRect());
}

function groupOf(target: EventTarget | null): string | undefined {
  const node = nodeOf(target);
  const isGroup = node?.classList.contains("group") === true;
  return isGroup ? (node?.getAttribute("data-path") ?? undefined) : undefined;
}

function nodeOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("[data-path]") : null;
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element "${id}"`);
  return found;
}

figure.addEventListener("click", ({ target }) => {
  if (view.hasDragged()) return;
  const isButton = target instanceof Element && target.classList.contains("button");
  const group = groupOf(target);
  if (isButton && group !== undefined) toggle(group);
  select(nodeOf(target)?.getAttribute("data-path") ?? undefined);
});
figure.addEventListener("dblclick", ({ target }) => {
  const group = groupOf(target);
  if (group !== undefined) toggle(group);
});
figure.addEventListener("keydown", (event) => {
  const path = nodeOf(event.target)?.getAttribute("data-path");
  if (event.key !== "Enter" || !path) return;
  const group = groupOf(event.target);
  if (group !== undefined) toggle(group);
  select(path);
});
search.addEventListener("input", () => {
  const query = search instanceof HTMLInputElement ? search.value : "";
  if (query.trim() === "") return select(selected);
  const hits = pictures.flatMap((picture) => searchNodes(picture, query, MAX_HITS));
  const unique = [...new Map(hits.map((hit) => [hit.path, hit])).values()].slice(0, MAX_HITS);
  panel.replaceChildren(renderHits(unique, reveal));
});
search.addEventListener("keydown", ({ key }) => {
  if (key === "Enter") panel.querySelector("button")?.click();
});
document.addEventListener("keydown", (event) => {
  if (event.target === search || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    search.focus();
  } else if (event.key === "+") view.zoom(1.25);
  else if (event.key === "-") view.zoom(0.8);
  else if (event.key === "0") view.fit();
});
element("fold").addEventListener("click", () => setAll("none"));
element("unfold").addEventListener("click", () => setAll("all"));
element("in").addEventListener("click", () => view.zoom(1.25));
element("out").addEventListener("click", () => view.zoom(0.8));
element("fit").addEventListener("click", () => view.fit());

draw();
select(undefined);
view.fit();
