// What do the numbers in the table under a chart look like?
import { type Config, Error as FAULTS, logger, parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import { HOUSE } from "./house";
import { drawTimelines } from "./timeline";

/** Draw every chart of the page; a chart that fails leaves its table and says so. */
async function drawAll(): Promise<void> {
  const figures = document.querySelectorAll<HTMLElement>("figure[data-chart]");
  for (const figure of figures) {
    const place = figure.querySelector<HTMLElement>("[data-chart-place]");
    if (place === null) {
      continue;
    }
    try {
      await draw(figure, place);
    } catch (fault) {
      place.textContent =
        "The chart could not be drawn. The table has the same numbers.";
      console.error(fault);
    }
  }
}

/** Draw one chart and offer it as PNG and SVG. */
async function draw(figure: HTMLElement, place: HTMLElement): Promise<void> {
  const id = figure.dataset.chart ?? "";
  const source = document.getElementById(id);
  const spec = JSON.parse(source?.textContent ?? "null") as TopLevelSpec;
  const wide = { ...spec, width: Math.max(place.clientWidth, 240) } as TopLevelSpec;
  const drawing = "width" in spec || "columns" in spec ? spec : wide;
  const compiled = compile(drawing, { config: HOUSE, logger: logger(FAULTS) }).spec;
  // The page's policy forbids making code from text, so expressions are read as
  // trees (`ast`) by an interpreter.
  const view = new View(parse(compiled, compiled.config as Config, { ast: true }), {
    container: place,
    expr: expressionInterpreter,
    hover: true,
    renderer: "svg",
  });
  await view.runAsync();
  describe(figure, place);
  await offerDownloads(figure, view, id);
}

/** Give the drawing the name and the words a screen reader needs. */
function describe(figure: HTMLElement, place: HTMLElement): void {
  const drawing = place.querySelector("svg");
  if (drawing === null) {
    return;
  }
  for (const part of drawing.querySelectorAll("[aria-label],[role],[tabindex]")) {
    for (const name of ["aria-label", "aria-roledescription", "role", "tabindex"]) {
      part.removeAttribute(name);
    }
  }
  const title = figure.querySelector("[data-chart-title]")?.textContent?.trim() ?? "";
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `Chart: ${title}. The table below has the numbers.`);
  place.removeAttribute("aria-label");
}

/** Fill the two download links, and show them. */
async function offerDownloads(
  figure: HTMLElement,
  view: View,
  id: string,
): Promise<void> {
  const name = figure.dataset.chartName ?? id;
  const svg = new Blob([await view.toSVG()], { type: "image/svg+xml" });
  const canvas = await view.toCanvas(2);
  const png = await new Promise<Blob | null>((done) => canvas.toBlob(done));
  for (const [kind, blob] of [["svg", svg], ["png", png]] as const) {
    const link = figure.querySelector<HTMLAnchorElement>(`[data-chart-${kind}]`);
    if (link !== null && blob !== null) {
      link.href = URL.createObjectURL(blob);
      link.download = `${name}.${kind}`;
      link.hidden = false;
    }
  }
}

void drawAll();
void drawTimelines();
