// How does the print button print, when no page may carry an inline script?

/** Show print buttons, which do nothing without scripts, and make them print. */
export function printOnRequest(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
