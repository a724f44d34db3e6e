/** Tests that generated networks compute what Keras, timm, torchvision, TF-slim and facenet compute on equal weights. */
import { beforeAll, describe, it } from "vitest";
import { expectReference, type Reference } from "./expect-reference.ts";
import references from "./reference-outputs.json" with { type: "json" };
import { startBackend } from "./run-model.ts";

beforeAll(startBackend);

const OTHERS = Object.entries<Reference>(references).filter(
  ([name]) => name !== "specs/inception-v4.incept:InceptionV4",
);

describe.each(OTHERS)("%s", (name, reference) => {
  it(`computes what ${reference.source} computes`, async () => {
    await expectReference(name, reference);
  });
});
