// Do the filters leave room for the list on a small screen?

/** Close the filter panel where it would push the list off the first screen. */
export function foldFiltersOnSmallScreens(): void {
  if (!window.matchMedia("(max-width: 40em)").matches) {
    return;
  }
  for (const panel of document.querySelectorAll("details[data-filters]")) {
    panel.removeAttribute("open");
  }
}
