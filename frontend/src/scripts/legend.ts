// Which kinds of place are on the map, and which of them does the reader want to see?
import type { Map as Chart } from "maplibre-gl";
import type { Kind } from "./places";

/** Put a list of kinds under the map, each with a box to show or hide it. */
export function addLegend(box: HTMLElement, map: Chart, kinds: Kind[]): void {
  const list = document.createElement("fieldset");
  list.className = "ff-map__legend";
  const title = document.createElement("legend");
  title.className = "govuk-visually-hidden";
  title.textContent = "Show on the map";
  list.append(title, ...kinds.map((kind) => choice(map, kind)), picture(map));
  box.append(list);
}

function choice(map: Chart, kind: Kind): HTMLElement {
  const label = document.createElement("label");
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.checked = true;
  tick.addEventListener("change", () => {
    for (const layer of kind.layers) {
      map.setLayoutProperty(layer, "visibility", tick.checked ? "visible" : "none");
    }
  });
  const swatch = document.createElement("span");
  swatch.className = "ff-map__swatch";
  swatch.style.backgroundColor = kind.colour;
  label.append(tick, swatch, ` ${kind.name} (${kind.count})`);
  return label;
}

/** A button that gives the map as a picture. */
function picture(map: Chart): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ff-map__picture";
  button.textContent = "Download PNG";
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = map.getCanvas().toDataURL("image/png");
    link.download = "map.png";
    link.click();
  });
  return button;
}
