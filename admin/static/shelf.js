// The list of slides: read again from the server when something has changed, without losing the place.
"use strict";

document.documentElement.classList.add("scripted");

const CHECKING = 2500;
const PRESS = 50;
let asked = 0;

async function refreshShelf() {
  const number = (asked += 1);
  const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  while (document.querySelector("#shelf:active")) await new Promise((done) => setTimeout(done, PRESS)); // else the press is lost
  if (number !== asked) return; // a newer look is under way, and knows better
  const fresh = page.getElementById("shelf");
  const old = document.getElementById("shelf");
  if (!fresh || old.querySelector(".dragged")) return;
  carryOver(old, fresh);
  const focused = focusedControl();
  old.replaceWith(fresh);
  if (focused) refocus(focused);
  document.dispatchEvent(new Event("shelf"));
}

// What is folded open and what is ticked stays so.
function carryOver(old, fresh) {
  for (const one of old.querySelectorAll("details[open]")) {
    const same = one.id && fresh.querySelector(`#${one.id}`);
    if (same) same.open = true;
  }
  const ticked = new Set([...old.querySelectorAll(".tick input:checked")].map((one) => one.value));
  for (const one of fresh.querySelectorAll(".tick input")) one.checked = ticked.has(one.value);
}

function focusedControl() {
  const control = document.activeElement;
  const tile = control.closest(".tile");
  return tile && { file: tile.dataset.file, name: control.name, menu: Boolean(control.closest(".menu")) };
}

function refocus({ file, name, menu }) {
  const tile = [...document.querySelectorAll(".tile")].find((one) => one.dataset.file === file);
  if (!tile) return;
  const same = tile.querySelector(menu ? ".menu > a" : name ? `[name="${name}"]:not(:disabled)` : "a");
  (same || tile.querySelector("button:not(:disabled)"))?.focus();
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
  const busy = document.querySelector(".tile .menu > form, .many details[open]");
  if (waiting && !busy && document.visibilityState === "visible") refreshShelf().catch(() => {});
}, CHECKING);
