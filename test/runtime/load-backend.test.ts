/** Starts backends, with and without packages that fail, and reads why the one that runs was chosen. */
import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, it } from "vitest";
import { loadBackend } from "../../src/runtime/load-backend.ts";

const failing =
  (...missing: readonly string[]) =>
  (name: string): Promise<unknown> =>
    missing.some((part) => name.includes(part))
      ? Promise.reject(new Error(`Cannot find package '${name}'\n    at stack`))
      : import(name);

afterEach(() => tf.setBackend("cpu"));

describe("loadBackend", () => {
  it("starts the first of the preferred backends", async () => {
    const loaded = await loadBackend({ prefer: ["wasm", "cpu"] });
    expect(loaded).toEqual({ choice: "wasm", reason: `wasm ${tf.version["tfjs-core"]}` });
    expect(tf.getBackend()).toBe("wasm");
    expect(sumOfSquares()).toBe(14);
  });

  it("falls back to wasm and says in one line why tfjs-node does not run and what brings it", async () => {
    const loaded = await loadBackend({ importPackage: failing("tfjs-node") });
    expect(loaded.choice).toBe("wasm");
    expect(loaded.reason).toBe(
      `wasm ${tf.version["tfjs-core"]} (tfjs-node cannot be loaded: Cannot find package '@tensorflow/tfjs-node'; ` +
        "install it with npm install @tensorflow/tfjs-node, or with npm run setup:tfjs-node in a checkout of inceptc)",
    );
  });

  it("falls back to cpu and names both that do not run", async () => {
    const loaded = await loadBackend({ importPackage: failing("tfjs-node", "wasm") });
    expect(loaded.choice).toBe("cpu");
    expect(loaded.reason).toMatch(/tfjs-node cannot be loaded: .*; wasm cannot be loaded: .*/);
    expect(tf.getBackend()).toBe("cpu");
    expect(sumOfSquares()).toBe(14);
  });

  it("rejects where nothing of what was asked for can be started", async () => {
    const outcome = loadBackend({ prefer: ["tfjs-node"], importPackage: failing("tfjs-node") });
    await expect(outcome).rejects.toThrow(
      /^no backend could be started: tfjs-node cannot be loaded/,
    );
  });

  it("treats a package that brings no backend as one that fails", async () => {
    const loaded = await loadBackend({
      prefer: ["tfjs-node", "cpu"],
      importPackage: () => Promise.resolve({}),
    });
    expect(loaded.choice).toBe("cpu");
    expect(loaded.reason).toMatch(/tfjs-node cannot be loaded: .*'tensorflow' not found/);
  });

  it("registers the training kernels only when asked", async () => {
    const trainsWithout = tf.getKernel(tf.Conv2DBackpropFilter, "wasm") !== undefined;
    expect(trainsWithout).toBe(false);
    await loadBackend({ prefer: ["wasm"], training: true });
    const gradient = tf.tidy(() => {
      const filters = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
      const loss = (w: tf.Tensor): tf.Tensor =>
        tf.conv2d(tf.ones<tf.Rank.R4>([1, 2, 2, 1]), w.as4D(1, 1, 1, 1), 1, 0).sum();
      return tf.grad(loss)(filters).dataSync()[0];
    });
    expect(gradient).toBe(4);
  });

  it("runs on tfjs-node, sharing the tensors of @tensorflow/tfjs, exactly where tfjs-node can be imported", async () => {
    const loaded = await loadBackend();
    const native = await import("@tensorflow/tfjs-node").then(
      (module) => module,
      () => undefined,
    );
    expect(loaded.choice).toBe(native ? "tfjs-node" : "wasm");
    expect(tf.getBackend()).toBe(native ? "tensorflow" : "wasm");
    if (native) expect(native.Tensor).toBe(tf.Tensor);
    expect(sumOfSquares()).toBe(14);
  });
});

function sumOfSquares(): number | undefined {
  return tf.tidy(() => tf.tensor1d([1, 2, 3]).square().sum().dataSync()[0]);
}
