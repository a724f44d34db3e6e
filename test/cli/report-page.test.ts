/** Tests the page of `inceptc report --format html` as text; report-page.long.test.ts opens it in a browser. */
import { describe, expect, test } from "vitest";
import { NET, pageOf } from "./support/report-page.ts";
import { createFolder, runIn } from "./support/run-in-folder.ts";

describe("the page", () => {
  test("holds everything it needs, and forbids itself the network", async () => {
    const page = await pageOf();
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain(
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'",
    );
    expect(page).not.toMatch(/\b(?:src|href)=|@import|url\(/);
    expect(page).toContain("prefers-color-scheme: dark");
  });

  test("has figures, bars and a row of totals", async () => {
    const page = await pageOf();
    expect(page).toContain('<th scope="row">parameters</th>');
    expect(page).toContain('<td class="bar"><span style="width: 100.00%"></span></td>');
    expect(page).toMatch(/<tfoot><tr><td[^>]*>total<.*data-value="1354"/);
  });

  test("has no script where there is nothing to sort", async () => {
    const folder = createFolder({ "net.incept": NET });
    const args = ["report", "net.incept", "net.incept", "--format", "html"];
    const { stdout } = await runIn(folder, args);
    expect(stdout).not.toContain("<script");
    expect(stdout).not.toContain("script-src");
  });

  test("shows names as text, whatever they are", async () => {
    const folder = createFolder({ "<b>&.incept": NET });
    const args = ["report", "<b>&.incept", "<b>&.incept", "--format", "html"];
    const { stdout } = await runIn(folder, args);
    expect(stdout).toContain("&lt;b&gt;&amp;.incept");
    expect(stdout).not.toContain("<b>");
  });
});
