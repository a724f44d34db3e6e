/** Draws the pictures of networks in docs/pictures as `inceptc graph` does. */
import { fileURLToPath } from "node:url";
import {
  analyze,
  type CheckedArchitecture,
  compareNetworks,
  drawPicture,
  type PictureOptions,
  type PictureSide,
} from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import type { DerivedFile } from "../derived-file.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const V4 = "specs/inception-v4.incept";
const RESNET_V2 = "specs/inception-resnet-v2.incept";

/** In columns, for the width of a page with two of text. */
const ON_PAGE: PictureOptions = { layout: "columns", printWidth: 178 };

export async function deriveGraphPictures(): Promise<readonly DerivedFile[]> {
  const v4 = networkOf(V4, "InceptionV4");
  const resnet = networkOf(RESNET_V2, "InceptionResNetV2");
  const densenet = networkOf("specs/zoo/densenet-121.incept", "DenseNet121");
  const drawn = networkOf(V4, "InceptionV4Paper");
  const marks = compareNetworks(v4, drawn).marks();
  return [
    await picture("inception-v4", [{ checked: v4 }], []),
    await picture("inception-v4-all", [{ checked: v4 }], ["all"], ON_PAGE),
    await picture("inception-resnet-v2", [{ checked: resnet }], []),
    await picture("inception-resnet-v2-all", [{ checked: resnet }], ["all"], ON_PAGE),
    await picture("densenet-121-all", [{ checked: densenet }], ["all"], ON_PAGE),
    await picture("inception-v4-rows", [{ checked: v4 }], [], {
      layout: "right",
      printWidth: 178,
    }),
    await picture(
      "inception-v4-paper-diff",
      [
        { checked: v4, marks: marks.base },
        { checked: drawn, marks: marks.head, changes: marks.changes },
      ],
      ["b"],
    ),
  ];
}

function networkOf(path: string, network: string): CheckedArchitecture {
  const host = createNodeHost({ cwd: REPOSITORY, root: REPOSITORY });
  const [checked] = analyze({ path, host }, { network }).checked();
  if (!checked) throw new Error(`${path}:${network} has errors`);
  return checked;
}

async function picture(
  name: string,
  sides: readonly PictureSide[],
  expand: readonly string[],
  options: PictureOptions = {},
): Promise<DerivedFile> {
  const result = await drawPicture(sides, { ...options, expand });
  if (result.kind !== "drawn") throw new Error(`${name}: ${result.kind}`);
  return { path: `docs/pictures/${name}.svg`, text: result.text };
}
