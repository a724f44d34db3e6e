/** The page of a picture of Inception-v4. */
import { emitPicture } from "../../../../src/compiler/emit/picture/emit-picture.ts";
import { checkedSpec } from "../../../support/checked-networks.ts";

const v4 = checkedSpec("specs/inception-v4.incept", "InceptionV4");

/** Blocks in `expand` are drawn unfolded. */
export function pageOf(expand: readonly string[] = []): string {
  const result = emitPicture([{ checked: v4 }], { format: "html", expand });
  if (result.kind !== "drawn") throw new Error(result.kind);
  return result.text;
}
