// What do all our charts share, so that none has to say it?
import type { Config } from "vega-lite";

const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

/** Type, lines and the order of colours: told apart by lightness as well as hue. */
export const HOUSE: Config = {
  background: "white",
  font: FONT,
  autosize: { type: "fit-x", contains: "padding" },
  view: { stroke: null },
  axis: {
    labelFontSize: 14,
    titleFontSize: 14,
    titleFontWeight: "normal",
    labelColor: "#0b0c0c",
    titleColor: "#0b0c0c",
    gridColor: "#cecece",
    domainColor: "#484949",
    tickColor: "#484949",
    labelLimit: 260,
  },
  legend: { labelFontSize: 14, titleFontSize: 14, orient: "top", labelLimit: 260 },
  title: { fontSize: 16, anchor: "start" },
  bar: { color: "#1d70b8" },
  line: { color: "#1d70b8", strokeWidth: 3 },
  point: { color: "#1d70b8", filled: true, size: 60 },
  text: { fontSize: 14, color: "#0b0c0c" },
  range: { category: ["#12436d", "#28a197", "#801650", "#f46a25", "#3d3d3d", "#a285d1"] },
};
