/** What layers compute that normalize by statistics of the picture itself, against plain loops. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { compileModel } from "./compile-model.ts";
import { normalizeBySelf } from "./reference-layers.ts";
import { expectClose, runLine as run } from "./run-line.ts";
import { factoryOf, predict, randomInput, startBackend, train } from "./run-model.ts";

beforeAll(startBackend);

describe("layer normalization", () => {
  const GAMMA = [1, -0.5, 2, 0.25];
  const BETA = [0.5, 0, -1, 3];

  it.each([
    ["layernorm", 1e-6, GAMMA, BETA],
    ["layernorm eps=0.01 gamma=false", 0.01, undefined, BETA],
    ["layernorm eps=0.1 beta=false", 0.1, GAMMA, undefined],
    ["layernorm gamma=false beta=false", 1e-6, undefined, undefined],
  ] as const)("normalizes the channels of each place: %s", async (step, eps, gamma, beta) => {
    const given = [gamma, beta].filter((one) => one !== undefined);
    const { output, picture } = await run(step.replace(/\W+/g, "-"), step, 4, given);
    const expected = normalizeBySelf(picture, { eps, share: 4, perPosition: true }, gamma, beta);
    expectClose(output, expected);
  });

  it("comes between a bias and an activation", async () => {
    const defaults = "defaults layernorm(eps=0.01, beta=false)";
    const { output, picture } = await run(
      "layernorm-after-dwconv",
      `${defaults} dwconv 1x1 norm=layer act=relu`,
      4,
      [[1, 2, 3, 4], [0.5, 0, -1, 0], GAMMA],
    );
    const values = Array.from(picture.values, (value, index) => {
      const bias = [0.5, 0, -1, 0][index % 4] ?? 0;
      return value * ((index % 4) + 1) + bias;
    });
    const settings = { eps: 0.01, share: 4, perPosition: true };
    const expected = normalizeBySelf({ ...picture, values }, settings, GAMMA);
    expectClose(
      output,
      expected.map((value) => Math.max(0, value)),
    );
  });

  it("normalizes a vector", async () => {
    const { output, picture } = await run("layernorm-vector", "flatten -> layernorm");
    const vector = { ...picture, height: 1, width: 1, channels: picture.values.length };
    const whole = { eps: 1e-6, share: vector.channels, perPosition: true };
    expectClose(output, normalizeBySelf(vector, whole));
  });

  it.each(["", " gamma=false", " beta=false"])("trains: layernorm%s", async (attributes) => {
    const text = `network Line { input 7x6x4 conv 3x3 4 norm=none -> layernorm${attributes} -> globalavgpool -> dense 2 }`;
    const name = `layernorm-train${attributes.replace(/\W+/g, "-")}`;
    const model = factoryOf(await compileModel(name, text))();
    const x = randomInput([7, 6, 4], 8);
    const { losses, leaked } = await train(model, x, 8);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(leaked).toBe(0);
    tf.dispose(x);
    model.dispose();
  });
});

describe("group normalization", () => {
  const GAMMA = [1, -0.5, 2, 0.25];
  const BETA = [0.5, 0, -1, 3];

  it.each([
    ["groupnorm groups=2", 1e-5, 2, GAMMA, BETA],
    ["groupnorm groups=1 eps=0.01 gamma=false", 0.01, 4, undefined, BETA],
    ["groupnorm groups=4 eps=0.1 beta=false", 0.1, 1, GAMMA, undefined],
    ["groupnorm groups=2 gamma=false beta=false", 1e-5, 2, undefined, undefined],
  ] as const)(
    "normalizes each group of channels over the picture: %s",
    async (step, eps, share, gamma, beta) => {
      const given = [gamma, beta].filter((one) => one !== undefined);
      const { output, picture } = await run(step.replace(/\W+/g, "-"), step, 4, given);
      const expected = normalizeBySelf(picture, { eps, share, perPosition: false }, gamma, beta);
      expectClose(output, expected);
    },
  );

  it("comes between a bias and an activation", async () => {
    const defaults = "defaults groupnorm(groups=2, eps=0.01, beta=false)";
    const { output, picture } = await run(
      "groupnorm-after-dwconv",
      `${defaults} dwconv 1x1 norm=group act=relu`,
      4,
      [[1, 2, 3, 4], [0.5, 0, -1, 0], GAMMA],
    );
    const values = Array.from(picture.values, (value, index) => {
      const bias = [0.5, 0, -1, 0][index % 4] ?? 0;
      return value * ((index % 4) + 1) + bias;
    });
    const settings = { eps: 0.01, share: 2, perPosition: false };
    const expected = normalizeBySelf({ ...picture, values }, settings, GAMMA);
    expectClose(
      output,
      expected.map((value) => Math.max(0, value)),
    );
  });

  it("normalizes each picture of a batch, and each vector, by itself", async () => {
    const text = "network Line { input 7x6x4 groupnorm groups=2 -> flatten -> groupnorm groups=3 }";
    const model = factoryOf(await compileModel("groupnorm-batch", text))();
    const pictures = randomInput([7, 6, 4], 3);
    const [together] = await predict(model, pictures);
    const alone = await Promise.all(
      tf.split(pictures, 3).map(async (picture) => (await predict(model, picture))[0] ?? []),
    );
    expectClose(
      together ?? new Float32Array(),
      alone.flatMap((values) => [...values]),
    );
    model.dispose();
  });

  it.each(["", " gamma=false", " beta=false"])("trains: groupnorm%s", async (attributes) => {
    const text = `network Line { input 7x6x4 conv 3x3 4 norm=none -> groupnorm groups=2${attributes} -> globalavgpool -> dense 2 }`;
    const name = `groupnorm-train${attributes.replace(/\W+/g, "-")}`;
    const model = factoryOf(await compileModel(name, text))();
    const x = randomInput([7, 6, 4], 8);
    const { losses, leaked } = await train(model, x, 8);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    expect(leaked).toBe(0);
    tf.dispose(x);
    model.dispose();
  });
});
