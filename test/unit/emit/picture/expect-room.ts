/** Expects that no text of a picture touches a line or another text, in each font that readers may have. */
import { readdirSync } from "node:fs";
import { expect } from "vitest";
import { buildPicture } from "../../../../src/compiler/emit/picture/build-picture.ts";
import { drawFigure } from "../../../../src/compiler/emit/picture/draw-figure.ts";
import { emitPicture } from "../../../../src/compiler/emit/picture/emit-picture.ts";
import type { Figure } from "../../../../src/compiler/emit/picture/figure.ts";
import { createFolding } from "../../../../src/compiler/emit/picture/folding.ts";
import { type Look, USUAL_LOOK } from "../../../../src/compiler/emit/picture/look.ts";
import type { CheckedArchitecture } from "../../../../src/compiler/ir/shaped.ts";
import { REPOSITORY } from "../../../support/checked-networks.ts";
import { measureFigure, overlaps, touches } from "./figure-boxes.ts";

export const SHIPPED_SPECS = ["specs", "specs/zoo"].flatMap((folder) =>
  readdirSync(`${REPOSITORY}/${folder}`)
    .filter((name) => name.endsWith(".incept"))
    .map((name) => `${folder}/${name}`),
);

const LOOKS: readonly Look[] = [
  USUAL_LOOK,
  { ...USUAL_LOOK, direction: "right" },
  { ...USUAL_LOOK, isNarrow: true },
  { ...USUAL_LOOK, direction: "right", isNarrow: true },
];

/** Draws each network folded and expanded, in every direction and density. */
export function expectRoomInAllLooks(networks: readonly CheckedArchitecture[]): void {
  const found = networks.flatMap((checked) => {
    const picture = buildPicture(checked);
    return LOOKS.flatMap((look) =>
      (["some", "all"] as const).flatMap((base) => {
        const isOpen = createFolding(new Set(), base);
        const figure = drawFigure([{ picture, isOpen }], { theme: "light", look });
        const where = `${picture.network} ${look.direction} ${look.isNarrow ? "narrow" : "usual"} ${base}`;
        return collisionsIn(figure).map((one) => `${where}: ${one}`);
      }),
    );
  });
  expect(found).toEqual([]);
}

/** Draws each network for a column and for a page of print, in columns and in rows. */
export function expectRoomOnPaper(networks: readonly CheckedArchitecture[]): void {
  const found = networks.flatMap((checked) =>
    (["down", "columns", "right"] as const).flatMap((layout) =>
      [85, 178].flatMap((printWidth) => {
        const result = emitPicture([{ checked }], { layout, printWidth, expand: ["all"] });
        const figure = result.kind === "drawn" ? result.styled?.figure : undefined;
        if (!figure) return [`${checked.architecture.name} is not drawn`];
        const where = `${figure.title} ${layout} ${printWidth} mm`;
        const isWide = figure.printWidth !== printWidth;
        return [
          ...collisionsIn(figure).map((one) => `${where}: ${one}`),
          ...(isWide ? [`${where}: ${figure.printWidth} mm wide`] : []),
        ];
      }),
    ),
  );
  expect(found).toEqual([]);
}

/** Room between the ink of a text and a line, in pixels. */
const ROOM = 1;

export function collisionsIn(figure: Figure): readonly string[] {
  return (["helvetica", "dejavu"] as const).flatMap((family) => {
    const { texts, lines } = measureFigure(figure, family);
    return texts.flatMap((text, index) => {
      const line = lines.find((one) => touches(one, text, ROOM));
      const other = texts.slice(index + 1).find((one) => overlaps(one, text));
      return [
        ...(line ? [`“${text.text}” touches a line in ${family}: ${line.name}`] : []),
        ...(other ? [`“${text.text}” touches “${other.text}” in ${family}`] : []),
      ];
    });
  });
}
