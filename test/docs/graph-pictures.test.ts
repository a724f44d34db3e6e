/** Tests that the pictures of networks in docs are what `inceptc graph` draws now. */
import { expect, test } from "vitest";
import { readRepositoryFile } from "../../scripts/derived-file.ts";
import { deriveGraphPictures } from "../../scripts/docs/derive-graph-pictures.ts";

test("the pictures in docs are those that the compiler draws", async () => {
  for (const { path, text } of await deriveGraphPictures()) {
    expect(readRepositoryFile(path) === text, `npm run generate:docs is due for ${path}`).toBe(
      true,
    );
  }
});
