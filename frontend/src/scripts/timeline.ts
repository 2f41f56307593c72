// What happened when, and in which lane?
import { type Config, Error as FAULTS, logger, parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile, type TopLevelSpec } from "vega-lite";
import { HOUSE } from "./house";

// A midnight is said as its day, any other moment as its hour, with seconds where it has some.
const LABEL =
  "utcseconds(datum.value) ? utcFormat(datum.value, '%H:%M:%S')" +
  " : utchours(datum.value) || utcminutes(datum.value) ? utcFormat(datum.value, '%H:%M')" +
  " : utcFormat(datum.value, '%-d %b')";

type Moment = { at: string; until?: string | null; lane: string; kind: string; label: string };
type Answer = { moments: Moment[]; count: number };

/** Draw every timeline; one that fails says so, and the table stays. */
export async function drawTimelines(): Promise<void> {
  for (const box of document.querySelectorAll<HTMLElement>("[data-timeline]")) {
    try {
      await draw(box);
    } catch (fault) {
      box.textContent = "The timeline could not be drawn. The table has the same rows.";
      console.error(fault);
    }
  }
}

async function draw(box: HTMLElement): Promise<void> {
  const answer = await fetch(box.dataset.timeline ?? "", { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`the moments did not come: ${answer.status}`);
  }
  const { moments, count } = (await answer.json()) as Answer;
  if (moments.length === 0) {
    box.textContent = "There is no moment to show.";
    return;
  }
  const place = document.createElement("div");
  place.className = "ff-chart__place";
  const said = document.createElement("p");
  said.className = "ff-chart__base";
  said.textContent =
    count > moments.length
      ? `Showing ${moments.length} of ${count} rows: the earliest. Turn the wheel to look closer.`
      : `${count} rows. Turn the wheel to look closer, drag to move.`;
  box.replaceChildren(said, place);
  const compiled = compile(spec(moments, place.clientWidth), {
    config: HOUSE,
    logger: logger(FAULTS),
  }).spec;
  const view = new View(parse(compiled, compiled.config as Config, { ast: true }), {
    container: place,
    expr: expressionInterpreter,
    hover: true,
    renderer: "svg",
  });
  await view.runAsync();
  const drawing = place.querySelector("svg");
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute(
    "aria-label",
    `Timeline of ${moments.length} rows. The table has the same rows.`,
  );
  for (const part of drawing?.querySelectorAll("[aria-label],[role]") ?? []) {
    part.removeAttribute("aria-label");
    part.removeAttribute("role");
    part.removeAttribute("aria-roledescription");
  }
  box.dataset.timelineDrawn = String(moments.length);
}

/** One lane a row, one mark a moment, a bar where it lasted. */
function spec(moments: Moment[], width: number): TopLevelSpec {
  const time = {
    type: "temporal",
    title: "Time (UTC)",
    scale: { type: "utc" },
    axis: { labelExpr: LABEL, tickCount: width > 700 ? 12 : 4 },
  } as const;
  const kinds = new Set(moments.map((moment) => moment.kind));
  const shared = {
    y: { field: "lane", type: "nominal", title: null, sort: null },
    color: {
      field: "kind",
      type: "nominal",
      title: null,
      legend: kinds.size > 1 ? { columns: width > 500 ? 0 : 2 } : null,
    },
    tooltip: [
      { field: "label", type: "nominal", title: "What" },
      { field: "when", type: "nominal", title: "From" },
    ],
  } as const;
  return {
    width: Math.max(width, 240),
    height: { step: 24 },
    data: { values: moments.map(told) },
    layer: [
      {
        transform: [{ filter: "isValid(datum.until)" }],
        mark: { type: "bar", height: 10, opacity: 0.6 },
        encoding: { ...shared, x: { ...time, field: "at" }, x2: { field: "until" } },
      },
      {
        params: [{ name: "closer", select: { type: "interval", encodings: ["x"] }, bind: "scales" }],
        mark: { type: "tick", thickness: 2, size: 16 },
        encoding: { ...shared, x: { ...time, field: "at" } },
      },
    ],
  } as TopLevelSpec;
}

/** A moment with its lane named and its instant as people read it, in UTC as the axis is. */
function told(moment: Moment): Moment & { when: string } {
  const iso = new Date(moment.at).toISOString();
  const day = `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
  return {
    ...moment,
    lane: moment.lane || "All",
    when: `${day} ${iso.slice(11, 19)} UTC`,
  };
}
