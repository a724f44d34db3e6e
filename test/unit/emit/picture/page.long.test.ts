/** Tests the page of a picture in a real browser, where one is installed. */
import { describe, expect, test } from "vitest";
import { CHROMIUM, dumpPage } from "../../../../scripts/chromium.ts";
import { pageOf } from "./v4-page.ts";

describe("in a browser", () => {
  /** Runs the actions on the page and gives what they leave in `document.body.dataset.seen`. */
  function play(browser: string, actions: string, expand: readonly string[] = []): unknown {
    const script = `<script>
      const at = (path) => document.querySelector('#figure [data-path="' + path + '"]');
      const has = (path) => at(path) !== null;
      const fire = (target, type) => target.dispatchEvent(new MouseEvent(type, { bubbles: true }));
      const panel = () => document.getElementById("panel").innerText;
      const transform = () => document.getElementById("figure").style.transform;
      const seek = (text) => { const field = document.getElementById("search"); field.value = text; field.dispatchEvent(new Event("input")); };
      document.body.dataset.seen = JSON.stringify((() => { ${actions} })());
    </script></body>`;
    const dom = dumpPage(
      browser,
      pageOf(expand).replace("</body>", () => script),
    );
    const seen = /data-seen="([^"]*)"/.exec(dom)?.[1];
    expect(seen, "the page's scripts ran").toBeDefined();
    return JSON.parse((seen ?? "null").replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
  }

  test("modules unfold and fold by a double click and by Enter", (context) => {
    if (CHROMIUM === undefined) return context.skip("no Chromium is installed");
    const seen = play(
      CHROMIUM,
      `const states = [has("a.0.pool.conv")];
      fire(at("a"), "dblclick"); states.push(has("a.0.pool.conv"));
      fire(at("a"), "dblclick"); states.push(has("a.0.pool.conv"));
      at("b").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })); states.push(has("b.0.b1x1.conv"));
      fire(document.getElementById("unfold"), "click"); states.push(has("c.0.pool.conv"));
      fire(document.getElementById("fold"), "click"); states.push(has("c.0.pool.conv"), has("head.dense"));
      return states;`,
    );
    expect(seen).toEqual([false, true, false, true, true, false, false]);
  });

  test("a click on a block says its shape, parameters, multiply-adds and source line", (context) => {
    if (CHROMIUM === undefined) return context.skip("no Chromium is installed");
    const seen = String(play(CHROMIUM, `fire(at("head.dense"), "click"); return panel();`));
    for (const fact of ["head.dense", "1536", "1000", "1,537,000", "1,536,000"]) {
      expect(seen).toContain(fact);
    }
    expect(seen).toMatch(/specs\/inception-v4\.incept:\d+/);
  });

  test("the search finds what is folded, and shows it", (context) => {
    if (CHROMIUM === undefined) return context.skip("no Chromium is installed");
    const seen = play(
      CHROMIUM,
      `seek("b7x7dbl 7×1");
      const hits = [...document.querySelectorAll("#panel button")].map((hit) => hit.innerText);
      document.querySelector("#panel button").click();
      return [hits.length, has("b.0.b7x7dbl.factor.conv"), at("b.0.b7x7dbl.factor.conv").classList.contains("selected")];`,
    );
    expect(seen).toEqual([2, true, true]);
  });

  test("the figure pans, zooms, and is the one that the compiler draws", (context) => {
    if (CHROMIUM === undefined) return context.skip("no Chromium is installed");
    const seen = play(
      CHROMIUM,
      `const states = [transform()];
      fire(document.getElementById("in"), "click"); states.push(transform());
      const view = document.getElementById("view");
      view.dispatchEvent(new PointerEvent("pointerdown", { button: 0, clientX: 100, clientY: 100 }));
      window.dispatchEvent(new PointerEvent("pointermove", { clientX: 160, clientY: 140 }));
      window.dispatchEvent(new PointerEvent("pointerup", {}));
      states.push(transform());
      fire(document.getElementById("fit"), "click"); states.push(transform());
      return { states, places: [...document.querySelectorAll("#figure [data-path]")].map((node) => [node.dataset.path, node.getAttribute("transform")]) };`,
      ["stem"],
    );
    const { states, places } = Object(seen);
    expect(new Set(states).size).toBe(3);
    expect(states[3]).toBe(states[0]);
    const page = pageOf(["stem"]);
    const drawn = [...page.matchAll(/data-path="([^"]+)" tabindex="0" transform="([^"]+)"/g)];
    expect(places).toEqual(drawn.map(([, path, transform]) => [path, transform]));
  });
});
