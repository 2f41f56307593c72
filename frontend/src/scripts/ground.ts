// What lies under the places? Forces, districts and towns from files of this site.
import { type Map as Chart, Marker, type StyleSpecification } from "maplibre-gl";

const SHOWN_AT_ONCE = 26;
const CREDIT =
  "Contains OS and ONS data © Crown copyright and database right 2016; " +
  "districts by Martin Chorley (CC BY 4.0); towns by GeoNames (CC BY 4.0)";

type Town = [name: string, lon: number, lat: number, people: number];

/** The style of the empty map. */
export function ground(base: URL): StyleSpecification {
  const file = (name: string) => new URL(`ground/${name}`, base).href;
  return {
    version: 8,
    sources: {
      districts: { type: "geojson", data: file("districts.geojson"), attribution: CREDIT },
      forces: { type: "geojson", data: file("forces.geojson") },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#dfeaf2" } },
      {
        id: "land",
        type: "fill",
        source: "districts",
        paint: { "fill-color": "#f8f6f1", "fill-outline-color": "#c9c4b8" },
      },
      {
        id: "force-borders",
        type: "line",
        source: "forces",
        paint: { "line-color": "#7d7668", "line-width": 1.4 },
      },
    ],
  };
}

/** Name the largest towns in view, anew whenever the view changes. */
export async function nameTowns(map: Chart, base: URL): Promise<void> {
  const answer = await fetch(new URL("ground/towns.json", base));
  const towns = (await answer.json()) as Town[];
  let shown: Marker[] = [];
  const rename = () => {
    shown.forEach((marker) => marker.remove());
    shown = apart(map, towns).map((town) => named(town).addTo(map));
  };
  map.on("moveend", rename);
  rename();
}

/** The largest towns in view whose names do not lie over each other. */
function apart(map: Chart, towns: Town[]): Town[] {
  const view = map.getBounds();
  const kept: Town[] = [];
  const taken: { x: number; y: number }[] = [];
  for (const town of towns) {
    if (kept.length === SHOWN_AT_ONCE || !view.contains([town[1], town[2]])) {
      continue;
    }
    const { x, y } = map.project([town[1], town[2]]);
    if (taken.every((other) => Math.abs(other.x - x) > 90 || Math.abs(other.y - y) > 20)) {
      kept.push(town);
      taken.push({ x, y });
    }
  }
  return kept;
}

function named([name, lon, lat]: Town): Marker {
  const element = document.createElement("span");
  element.className = "ff-map__town";
  element.textContent = name;
  element.setAttribute("aria-hidden", "true");
  return new Marker({ element }).setLngLat([lon, lat]);
}
