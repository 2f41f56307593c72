// Where do the answers lie? Draws every `[data-map]` of the page on local ground.
import * as maplibregl from "maplibre-gl";
import { ground, nameTowns } from "./ground";
import { addLegend } from "./legend";
import { addMoments } from "./moments";
import { addPlaces, type Places } from "./places";

const STATIC = new URL(/* @vite-ignore */ ".", import.meta.url);
maplibregl.setWorkerUrl(new URL("map-worker.js", STATIC).href);

/** Draw every map; one that fails says so, and the table stays. */
async function drawAll(): Promise<void> {
  for (const box of document.querySelectorAll<HTMLElement>("[data-map]")) {
    try {
      await draw(box);
    } catch (fault) {
      box.textContent = "The map could not be drawn. The table has the same places.";
      console.error(fault);
    }
  }
}

/** Fetch the places of one map and draw them. */
async function draw(box: HTMLElement): Promise<void> {
  const answer = await fetch(box.dataset.map ?? "", { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`the places did not come: ${answer.status}`);
  }
  const places = (await answer.json()) as Places;
  if (places.features.length === 0) {
    box.textContent = "There is no place to show.";
    return;
  }
  const sheet = document.createElement("div");
  sheet.className = "ff-map__sheet";
  sheet.setAttribute("role", "region");
  sheet.setAttribute(
    "aria-label",
    `Map of ${places.features.length} places. The table has the same places.`,
  );
  box.replaceChildren(sheet);
  const map = new maplibregl.Map({
    container: sheet,
    style: ground(STATIC),
    bounds: extent(places),
    fitBoundsOptions: { padding: 40, maxZoom: 14 },
    attributionControl: { compact: true },
    canvasContextAttributes: { preserveDrawingBuffer: true },
    cooperativeGestures: true,
  });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
  map.addControl(new maplibregl.ScaleControl({ unit: "metric" }));
  await map.once("load");
  sheet.querySelector(".maplibregl-compact-show")?.classList.remove("maplibregl-compact-show");
  const kinds = addPlaces(map, places);
  addLegend(box, map, kinds);
  addMoments(box, map, places);
  await nameTowns(map, STATIC);
  map.once("idle", () => {
    box.dataset.mapDrawn = String(places.features.length);
  });
  map.triggerRepaint();
}

/** Which corner and opposite corner hold every place? */
function extent(places: Places): maplibregl.LngLatBounds {
  const bounds = new maplibregl.LngLatBounds();
  const widen = (part: unknown): void => {
    if (!Array.isArray(part)) {
      return;
    }
    if (typeof part[0] === "number" && typeof part[1] === "number") {
      bounds.extend([part[0], part[1]]);
    } else {
      part.forEach(widen);
    }
  };
  for (const feature of places.features) {
    if ("coordinates" in feature.geometry) {
      widen(feature.geometry.coordinates);
    }
  }
  return bounds;
}

void drawAll();
