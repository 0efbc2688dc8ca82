// The list of slides: read again from the server when something has changed, without losing the place.
"use strict";

document.documentElement.classList.add("scripted");

const CHECKING = 2500;
let asked = 0;

async function refreshShelf() {
  const number = (asked += 1);
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== asked) return; // a newer look is under way, and knows better
  const fresh = page.getElementById("shelf");
  const old = document.getElementById("shelf");
  if (!fresh || old.querySelector(".dragged")) return;
  const opened = [...old.querySelectorAll("details")].map((one) => one.open);
  fresh.querySelectorAll("details").forEach((one, index) => { one.open = Boolean(opened[index]); });
  const focused = focusedControl();
  old.replaceWith(fresh);
  if (focused) refocus(focused);
  document.dispatchEvent(new Event("shelf"));
}

function focusedControl() {
  const tile = document.activeElement.closest(".tile");
  return tile && { file: tile.dataset.file, value: document.activeElement.value };
}

function refocus({ file, value }) {
  const tile = [...document.querySelectorAll(".tile")].find((one) => one.dataset.file === file);
  const same = tile && tile.querySelector(value ? `button[value="${value}"]:not(:disabled)` : "a, button");
  (same || (tile && tile.querySelector("button:not(:disabled)")))?.focus();
}

// What went well is only for those who listen; what did not must be seen.
function say(words, fine) {
  const sorry = document.getElementById("sorry");
  document.getElementById("said").textContent = fine ? words : "";
  sorry.textContent = fine ? "" : words;
  sorry.hidden = fine;
}

setInterval(() => {
  const waiting = Number(document.getElementById("shelf").dataset.waiting);
  if (waiting && document.visibilityState === "visible") refreshShelf().catch(() => {});
}, CHECKING);
