// Which places belong to which time? A slider shows those up to a moment.
import type { GeoJSONSource, Map as Chart } from "maplibre-gl";
import { moment, type Places } from "./places";

const STEPS = 200;

/** Add a slider where places have times; without them the map shows all of them. */
export function addMoments(box: HTMLElement, map: Chart, places: Places): void {
  const times = places.features
    .map((place) => Date.parse(place.properties?.at ?? ""))
    .filter((time) => !Number.isNaN(time));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  if (times.length < 2 || first === last) {
    return;
  }
  const slider = document.createElement("input");
  slider.type = "range";
  slider.max = String(STEPS);
  slider.value = slider.max;
  slider.id = `moment-${Math.floor(first / 1000)}`;
  const label = document.createElement("label");
  label.htmlFor = slider.id;
  const show = () => {
    const until = first + ((last - first) * Number(slider.value)) / STEPS;
    const shown = places.features.filter((place) => {
      const time = Date.parse(place.properties?.at ?? "");
      return Number.isNaN(time) || time <= until;
    });
    label.textContent = `Up to ${moment(until)}: ${shown.length} of ${places.features.length} places`;
    map.getSource<GeoJSONSource>("places")?.setData({ ...places, features: shown });
  };
  slider.addEventListener("input", show);
  const line = document.createElement("p");
  line.className = "ff-map__moments";
  line.append(label, slider);
  box.append(line);
  show();
}
