// How far is a file of several gigabytes on its way?

/** Show how much of a form's files has been sent, where the form asks for it. */
export function tellOfUploads(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}

function send(form: HTMLFormElement): void {
  const line = document.createElement("div");
  line.className = "ff-progress";
  line.setAttribute("role", "status");
  const words = document.createElement("p");
  words.className = "govuk-body";
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.className = "ff-progress__bar";
  bar.setAttribute("aria-label", "How much is sent");
  line.append(words, bar);
  form.append(line);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    const share = event.total ? Math.floor((100 * event.loaded) / event.total) : 0;
    bar.value = share;
    words.textContent =
      share < 100 ? `Sending: ${share}%` : "Sent. Looking at what came.";
  });
  request.addEventListener("load", () => show(request));
  request.addEventListener("error", () => {
    words.textContent = "The files could not be sent. Check the line and try again.";
  });
  request.send(new FormData(form));
}

/** Put the page that came back in the place of this one, under its own address. */
function show(request: XMLHttpRequest): void {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const now = document.querySelector("main");
  const next = page.querySelector("main");
  if (!now || !next) {
    window.location.assign(request.responseURL);
    return;
  }
  now.replaceWith(next);
  document.title = page.title;
  window.history.pushState(null, "", request.responseURL);
  window.scrollTo(0, 0);
  next.setAttribute("tabindex", "-1");
  next.focus();
  tellOfUploads();
}
