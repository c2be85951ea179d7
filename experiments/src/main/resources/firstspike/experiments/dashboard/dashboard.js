// Replaces the parts of the page whose signatures changed; the page is whole without it, only not live.
"use strict";
const seen = {};
async function refresh(part) {
  const answer = await fetch(part.dataset.from, {cache: "no-store"});
  if (answer.ok) part.innerHTML = await answer.text();
}
const events = new EventSource("/events");
events.onmessage = event => {
  const signatures = JSON.parse(event.data);
  for (const part of document.querySelectorAll("[data-from]")) {
    const from = part.dataset.from;
    if (from in seen && seen[from] !== signatures[from]) refresh(part);
    seen[from] = signatures[from];
  }
};
