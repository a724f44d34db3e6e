/**
 * Writes the PNG pictures in docs/pictures, from what `inceptc graph` draws. It needs Chromium, whose versions draw letters
 * a little differently: so no test compares these files.
 */
import { fileURLToPath } from "node:url";
import { graph } from "../src/compiler/index.ts";
import { createNodeHost } from "../src/node/node-host.ts";
import { CHROMIUM, writePng } from "./chromium.ts";

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));

/** Each network as a whole, and with the first of its modules as the paper's figures 4 and 16 show it. */
const PICTURES = [
  { name: "inception-v4", expand: [] },
  { name: "inception-v4", expand: ["a"] },
  { name: "inception-resnet-v2", expand: [] },
  { name: "inception-resnet-v2", expand: ["a"] },
];

if (CHROMIUM === undefined) throw new Error("there is no Chromium to draw with");
const host = createNodeHost({ cwd: REPOSITORY, root: REPOSITORY });
for (const { name, expand } of PICTURES) {
  const path = `specs/${name}.incept`;
  const { picture } = await graph({ path, host }, { format: "svg", expand, theme: "light" });
  if (picture?.kind !== "drawn") throw new Error(`${path} is not drawn`);
  const [, width, height] = /<svg [^>]*width="(\d+)" height="(\d+)"/.exec(picture.text) ?? [];
  const file = `docs/pictures/${[name, ...expand].join("-")}.png`;
  const size = { width: Number(width), height: Number(height) };
  writePng(CHROMIUM, picture.text, size, `${REPOSITORY}${file}`);
  console.log(file);
}
