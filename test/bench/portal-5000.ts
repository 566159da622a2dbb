/**
 * `npm run bench:portal`: what board and table of 5,000 pilots take in a real browser, beside the same with 60, as Markdown.
 * What each figure means stands in docs/benchmarks.md.
 */
import { availableParallelism, cpus, loadavg } from "node:os";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser.ts";
import { startFairway } from "../support/fairway.ts";
import { addManyPilots } from "../support/many-pilots.ts";
import { as } from "../support/people.ts";
import { median, quantile, row, table } from "./report.ts";

const FEW = 60;
const MANY = 5000;
const RUNS = 3;
const views = { board: "/pilots", table: "/pilots?view=table" } as const;
const typed = "any 07";

/** What is used of the page here; the programs of this folder know no browser. */
interface InPage {
  readonly textContent: string | null;
  scrollTop: number;
}
declare const document: {
  readonly scrollingElement: InPage | null;
  querySelector(css: string): InPage | null;
  querySelectorAll(css: string): Iterable<InPage> & { readonly length: number };
};
declare function requestAnimationFrame(then: (now: number) => void): void;
declare function addEventListener(
  type: "keydown",
  listener: (event: { readonly timeStamp: number }) => void,
  options: { readonly once: boolean; readonly capture: boolean },
): void;
declare class MutationObserver {
  constructor(changed: () => void);
  observe(
    target: InPage,
    of: { readonly subtree: boolean; readonly childList: boolean; readonly characterData: boolean },
  ): void;
  disconnect(): void;
}
declare class PerformanceObserver {
  constructor(observed: (list: { getEntries(): readonly { readonly duration: number }[] }) => void);
  observe(of: { readonly type: "longtask" }): void;
  disconnect(): void;
}

interface Figures {
  readonly firstMs: number;
  readonly allMs: number;
  readonly nodes: number;
  readonly frames: number;
  readonly lateFrames: number;
  readonly longestFrameMs: number;
  readonly longTasksMs: number;
  readonly keyMs: number;
  readonly followMs: number;
}

const browser = await launchBrowser();
try {
  console.log(`Machine: ${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, shared;`);
  console.log(`load ${loadavg()[0]?.toFixed(1)} at the start. Node ${process.version}, Chromium ${browser.version()}.`);
  console.log(`${new Date().toISOString().slice(0, 10)}.`);
  const few = await measured(browser, FEW);
  const many = await measured(browser, MANY);
  table("", [
    "first pilots shown",
    "all loaded",
    "DOM nodes",
    "frames of a scroll, late",
    "longest frame",
    "long tasks",
    "key to paint",
    "list follows",
  ]);
  for (const view of ["board", "table"] as const) {
    const [small, large] = [few[view], many[view]];
    row(`${view}, ${FEW} pilots`, cellsOf(small));
    row(`${view}, ${MANY.toLocaleString("en")} pilots`, cellsOf(large));
    row("ratio", [
      ratio(large.firstMs, small.firstMs),
      ratio(large.allMs, small.allMs),
      ratio(large.nodes, small.nodes),
      "",
      ratio(large.longestFrameMs, small.longestFrameMs),
      "",
      ratio(large.keyMs, small.keyMs),
      ratio(large.followMs, small.followMs),
    ]);
  }
  table("With all of them", ["answers to list", "largest answer", "time of an answer", "Excel file", "search"]);
  for (const [pilots, { answers, excel, searchMs }] of [[FEW, few] as const, [MANY, many] as const]) {
    row(`${pilots.toLocaleString("en")} pilots`, [
      String(answers.length),
      kB(Math.max(...answers.map(({ bytes }) => bytes))),
      ms(median(answers.map((each) => each.ms))),
      `${ms(excel.ms)}, ${kB(excel.bytes)}`,
      ms(searchMs),
    ]);
  }
} finally {
  await browser.close();
}

async function measured(within: Browser, pilots: number) {
  await using fairway = await startFairway({ portal: true, fill: (store) => addManyPilots(store, pilots) });
  const context = await within.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  await context.addInitScript(() => localStorage.setItem("fairway.language", "en"));
  const page = await context.newPage();
  await page.goto(fairway.url);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator('button[value="coordinator-1"]').click();
  await page.getByRole("heading", { name: "Your tasks" }).waitFor();
  const ofView = async (path: string): Promise<Figures> => {
    const runs: Figures[] = [];
    for (let n = 0; n < RUNS; n += 1) runs.push(await figuresOf(page, fairway.url + path));
    const middle = (figure: (run: Figures) => number): number => median(runs.map(figure));
    return {
      firstMs: middle((run) => run.firstMs),
      allMs: middle((run) => run.allMs),
      nodes: middle((run) => run.nodes),
      frames: middle((run) => run.frames),
      lateFrames: middle((run) => run.lateFrames),
      longestFrameMs: middle((run) => run.longestFrameMs),
      longTasksMs: middle((run) => run.longTasksMs),
      keyMs: middle((run) => run.keyMs),
      followMs: middle((run) => run.followMs),
    };
  };
  const board = await ofView(views.board);
  const answers: { bytes: number; ms: number }[] = [];
  page.on("requestfinished", async (request) => {
    if (!/\/api\/pilots(\?|$)/.test(request.url())) return;
    const { requestStart, responseEnd } = request.timing();
    const { responseBodySize } = await request.sizes();
    answers.push({ bytes: responseBodySize, ms: responseEnd - requestStart });
  });
  await page.goto(fairway.url + views.table);
  await page.getByText(/ pilots shown$/).waitFor();
  const seen = [...answers];
  const excel = await exported(page);
  const inTable = await ofView(views.table);
  await context.close();
  const coordinator = await as(fairway.url, "coordinator-1");
  const searches: number[] = [];
  for (let n = 0; n < RUNS; n += 1) {
    const startedAt = performance.now();
    await coordinator("search", { query: { q: "0042" } });
    searches.push(performance.now() - startedAt);
  }
  return { board, table: inTable, answers: seen, excel, searchMs: median(searches) };
}

async function exported(page: Page): Promise<{ readonly ms: number; readonly bytes: number }> {
  const startedAt = performance.now();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export Excel" }).click(),
  ]);
  let bytes = 0;
  for await (const chunk of await download.createReadStream()) bytes += Buffer.from(chunk).length;
  return { ms: performance.now() - startedAt, bytes };
}

async function figuresOf(page: Page, url: string): Promise<Figures> {
  await page.goto(url);
  const since = (selector: string, text: string) =>
    page
      .waitForFunction(
        ([css, words]) =>
          [...document.querySelectorAll(css)].some((each) => each.textContent?.includes(words)) && performance.now(),
        [selector, text] as const,
      )
      .then((handle) => handle.jsonValue())
      .then(Number);
  const [firstMs, allMs] = await Promise.all([
    since("main .wide h3, main tbody th", "Sample company"),
    since("p", "pilots shown"),
  ]);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const scrolled = await scroll(page);
  return { firstMs, allMs, nodes, ...scrolled, ...(await type(page)) };
}

/** Down as fast as one turns a wheel and up again, a step in each frame; frames above 25 ms are late ones at 60 a second. */
function scroll(page: Page) {
  return page.evaluate(async () => {
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ type: "longtask" });
    const scroller = document.querySelector(".tall") ?? document.scrollingElement;
    if (scroller === null) throw new Error("Nothing scrolls.");
    const gaps: number[] = [];
    let before = await new Promise<number>(requestAnimationFrame);
    for (let frame = 0; frame < 240; frame += 1) {
      scroller.scrollTop += frame < 120 ? 180 : -180;
      const now = await new Promise<number>(requestAnimationFrame);
      gaps.push(now - before);
      before = now;
    }
    observer.disconnect();
    return {
      frames: gaps.length,
      lateFrames: gaps.filter((gap) => gap > 25).length,
      longestFrameMs: Math.max(...gaps),
      longTasksMs: long.reduce((sum, each) => sum + each, 0),
    };
  });
}

/** From each key to the next frame, and to the last change of the list it brings about. */
async function type(page: Page): Promise<{ readonly keyMs: number; readonly followMs: number }> {
  const field = page.getByLabel("Search in pilots");
  await field.focus();
  const keys: number[] = [];
  const follows: number[] = [];
  for (const letter of typed) {
    // The page listens before the key is pressed.
    const measuring = await page.evaluateHandle(() => {
      const list = document.querySelector("main .wide");
      if (list === null) throw new Error("There is no list.");
      const done = new Promise<{ key: number; follow: number }>((resolve) => {
        addEventListener(
          "keydown",
          ({ timeStamp }) => {
            let changedAt = timeStamp;
            let key = 0;
            const observer = new MutationObserver(() => {
              changedAt = performance.now();
            });
            observer.observe(list, { subtree: true, childList: true, characterData: true });
            // The task after a frame's callbacks begins when the frame has been handed over.
            requestAnimationFrame(() =>
              setTimeout(() => {
                key = performance.now() - timeStamp;
              }),
            );
            setTimeout(() => {
              observer.disconnect();
              resolve({ key, follow: changedAt - timeStamp });
            }, 600);
          },
          { once: true, capture: true },
        );
      });
      return { done };
    });
    await page.keyboard.press(letter === " " ? "Space" : letter);
    const { key, follow } = await measuring.evaluate(({ done }) => done);
    keys.push(key);
    follows.push(follow);
  }
  return { keyMs: quantile(keys, 0.9), followMs: quantile(follows, 0.9) };
}

function cellsOf(figures: Figures): string[] {
  return [
    ms(figures.firstMs),
    ms(figures.allMs),
    figures.nodes.toLocaleString("en"),
    `${figures.frames}, ${figures.lateFrames}`,
    ms(figures.longestFrameMs),
    ms(figures.longTasksMs),
    ms(figures.keyMs),
    ms(figures.followMs),
  ];
}

function ratio(large: number, small: number): string {
  return `${(large / small).toFixed(1)} ×`;
}

function ms(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`;
}

function kB(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
}
