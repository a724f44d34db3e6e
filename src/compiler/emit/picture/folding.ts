/** Decides which groups of a picture are open, and finds the group for a path of the network. */
import { joinPath } from "../../ir/walk.ts";
import type { Picture, PictureNode, Scope } from "./picture.ts";

/** Whether a group at a path, as it is drawn, shows its contents. */
export type IsOpen = (node: PictureNode, path: string) => boolean;

/** Labelled steps are open; modules, repeats and auxiliary heads are one block each. */
function isOpenAtFirst({ group }: PictureNode): boolean {
  return group?.kind === "steps";
}

/** Which groups are open unless toggled. */
export type OpenBase = "some" | "all" | "none";

/** The groups of `base`, but for those whose paths are in `toggled`. */
export function createFolding(toggled: ReadonlySet<string>, base: OpenBase = "some"): IsOpen {
  return (node, path) => {
    const isOpen =
      base === "some" ? isOpenAtFirst(node) : base === "all" && node.group?.kind !== "unchanged";
    return isOpen !== toggled.has(path);
  };
}

export interface FoundGroup {
  readonly path: string;
  readonly isOpenAtFirst: boolean;
}

/** Where a search for a path ended. */
export interface FoundGroups {
  /** All groups around it and the group itself, as they are drawn, from the outermost. */
  readonly groups: readonly FoundGroup[];
  /** Whether the path leads to a part of the picture, or only part of the way. */
  readonly isFound: boolean;
  /** The paths that lead on from where the search ended. */
  readonly next: readonly string[];
}

/** Follows a path of the network down the picture. Instances of a repeat lead to the one that is drawn for them. */
export function findGroups(picture: Picture, target: string): FoundGroups {
  const groups: FoundGroup[] = [];
  let wanted = target;
  let prefix = "";
  let scope = rootScope(picture);
  for (;;) {
    const drawn = scope.nodes.filter(({ path }) => path !== "");
    const step = nextStep(drawn, prefix, wanted) ?? nextInUnchanged(picture, drawn, prefix, wanted);
    if (!step) break;
    const { node, isWhole } = step;
    if (!node.group) return { groups, isFound: true, next: [] };
    groups.push({ path: joinPath(prefix, node.path), isOpenAtFirst: isOpenAtFirst(node) });
    if (isWhole) return { groups, isFound: true, next: [] };
    wanted = step.rest;
    prefix = joinPath(prefix, node.group.path);
    scope = picture.scopes[node.group.scope] ?? scope;
    if (wanted === prefix) return { groups, isFound: true, next: [] };
  }
  const next = scope.nodes.flatMap(({ path }) => (path === "" ? [] : [joinPath(prefix, path)]));
  // A label of steps that are drawn without a frame is a way to all of them.
  const isFound = next.some((path) => path.startsWith(`${wanted}.`));
  return { groups, isFound, next };
}

export function rootScope({ scopes }: Picture): Scope {
  return scopes.at(-1) ?? { nodes: [], edges: [] };
}

interface Step {
  readonly node: PictureNode;
  /** Whether the path ends here. */
  readonly isWhole: boolean;
  /** The path with drawn instances in place of those that they stand for. */
  readonly rest: string;
}

function nextStep(nodes: readonly PictureNode[], prefix: string, wanted: string): Step | undefined {
  for (const node of nodes) {
    if (joinPath(prefix, node.path) === wanted) return { node, isWhole: true, rest: wanted };
    const inside = joinPath(prefix, node.group?.path ?? node.path);
    const instance = instancesAt(inside, node).find((path) => isWithin(wanted, path));
    const rest = instance === undefined ? undefined : inside + wanted.slice(instance.length);
    if (rest !== undefined && (node.group || rest === inside)) {
      return { node, isWhole: !node.group, rest };
    }
  }
  return undefined;
}

/** The group of unchanged blocks that leads on; it has no path of the network's own. */
function nextInUnchanged(
  picture: Picture,
  nodes: readonly PictureNode[],
  prefix: string,
  wanted: string,
): Step | undefined {
  const node = nodes.find(({ group }) => {
    const inside = group?.kind === "unchanged" ? picture.scopes[group.scope] : undefined;
    const named = inside?.nodes.filter(({ path }) => path !== "") ?? [];
    return nextStep(named, prefix, wanted) !== undefined;
  });
  return node && { node, isWhole: false, rest: wanted };
}

/** The path of a node, and those of the instances that it stands for. */
function instancesAt(path: string, { times, firstInstance }: PictureNode): readonly string[] {
  if (firstInstance === null) return [path];
  return Array.from({ length: times }, (_, index) =>
    replaceInstance(path, firstInstance, firstInstance + index),
  );
}

function isWithin(path: string, container: string): boolean {
  return path === container || path.startsWith(`${container}.`);
}

/** The path with its last number, which is `from`, as `to`. */
function replaceInstance(path: string, from: number, to: number): string {
  const segments = path.split(".");
  const at = segments.lastIndexOf(String(from));
  return segments.map((segment, index) => (index === at ? String(to) : segment)).join(".");
}
