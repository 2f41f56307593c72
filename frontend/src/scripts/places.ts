// How is each kind of place drawn, told apart by colour and by shape of line?
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { type Map as Chart, type MapMouseEvent, Popup } from "maplibre-gl";

export type About = {
  label?: string;
  kind?: string;
  who?: string;
  at?: string | null;
};
export type Places = FeatureCollection<Geometry, About>;
export type Kind = { name: string; colour: string; count: number; layers: string[] };

const COLOURS = ["#12436d", "#f46a25", "#28a197", "#801650", "#3d3d3d", "#a285d1"];
const OTHER = "other";

/** Add the places to the map, a layer a kind and shape; say which kinds there are. */
export function addPlaces(map: Chart, places: Places): Kind[] {
  map.addSource("places", { type: "geojson", data: places });
  const counts = new Map<string, number>();
  for (const place of places.features) {
    const kind = kindOf(place);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([name, count], at) => {
    const colour = COLOURS[at % COLOURS.length] ?? "#3d3d3d";
    return { name, colour, count, layers: addKind(map, name, colour) };
  });
}

function kindOf(place: Feature<Geometry, About>): string {
  return place.properties?.kind ?? OTHER;
}

function addKind(map: Chart, kind: string, colour: string): string[] {
  const isKind = ["==", ["coalesce", ["get", "kind"], OTHER], kind];
  const shape = (name: string) => ["all", isKind, ["==", ["geometry-type"], name]];
  const areas = ["all", isKind, ["in", ["geometry-type"], ["literal", ["Polygon", "MultiPolygon"]]]];
  const id = (form: string) => `${kind}-${form}`;
  map.addLayer({
    id: id("areas"),
    type: "fill",
    source: "places",
    filter: areas as never,
    paint: { "fill-color": colour, "fill-opacity": 0.35, "fill-outline-color": colour },
  });
  map.addLayer({
    id: id("lines"),
    type: "line",
    source: "places",
    filter: shape("LineString") as never,
    paint: { "line-color": colour, "line-width": 3 },
  });
  map.addLayer({
    id: id("points"),
    type: "circle",
    source: "places",
    filter: shape("Point") as never,
    paint: {
      "circle-color": colour,
      "circle-radius": 6,
      "circle-stroke-color": "#ffffff",
      "circle-stroke-width": 1.5,
    },
  });
  const layers = ["areas", "lines", "points"].map(id);
  for (const layer of layers) {
    map.on("click", layer, (event) => tell(map, event));
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  return layers;
}

/** Say in a box what was pressed. What it says is text, never markup. */
function tell(map: Chart, event: MapMouseEvent & { features?: unknown[] }): void {
  const found = (event.features ?? []) as Feature<Geometry, About>[];
  const box = document.createElement("div");
  for (const place of found.slice(0, 5)) {
    const { label, who, at } = place.properties ?? {};
    const line = document.createElement("p");
    line.className = "ff-map__said";
    line.textContent = [label, who, at ? moment(at) : ""].filter(Boolean).join(". ");
    box.append(line);
  }
  if (found.length > 5) {
    box.append(`and ${found.length - 5} more here`);
  }
  new Popup({ maxWidth: "320px" }).setLngLat(event.lngLat).setDOMContent(box).addTo(map);
}

/** How is an instant said? 2 March 2022 at 14:05, by the clock in London. */
export function moment(at: string | number): string {
  return new Intl.DateTimeFormat("en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "Europe/London",
  }).format(new Date(at));
}
