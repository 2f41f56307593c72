// Which key presses which button of a form, for somebody who reads thousands of messages?

/** Let the keys named on a page press their buttons, tick their boxes, follow links. */
export function answerKeys(): void {
  if (!document.querySelector("[data-keys]")) {
    return;
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }
    const wanted = `[data-key="${CSS.escape(event.key.toLowerCase())}"]`;
    const found = document.querySelector<HTMLElement>(wanted);
    if (found) {
      event.preventDefault();
      found.click();
    }
  });
}

/** Is somebody writing into a box? Then a letter is a letter. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) {
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
