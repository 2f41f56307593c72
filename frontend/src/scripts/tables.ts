// Can somebody without a mouse scroll a table that is wider than the screen?

/** Make a scrolling region focusable only while there is something to scroll. */
export function letWideTablesBeScrolled(): void {
  const regions = document.querySelectorAll<HTMLElement>("[data-scroll-region]");
  const look = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth;
      if (scrolls) {
        target.setAttribute("tabindex", "0");
      } else {
        target.removeAttribute("tabindex");
      }
    }
  });
  for (const region of regions) {
    look.observe(region);
  }
}
