// Slides that are ticked: how many, all of a page at once, and the bar for what can be done to them.
"use strict";

const ticks = () => [...document.querySelectorAll(".tick input")];

function count() {
  const bar = document.getElementById("many");
  if (!bar) return;
  const all = document.getElementById("all");
  const every = Boolean(all && all.checked);
  const boxes = ticks();
  const chosen = every ? Number(all.dataset.count) : boxes.filter((one) => one.checked).length;
  const words = chosen ? bar.dataset.chosen.replace("{n}", chosen) : bar.dataset.none;
  const said = document.getElementById("chosen");
  if (said.textContent !== words) said.textContent = words;
  bar.classList.toggle("on", chosen > 0);
  document.getElementById("each").checked = boxes.length > 0 && boxes.every((one) => one.checked);
  for (const one of boxes) {
    one.disabled = every;
    one.closest(".tile").classList.toggle("chosen", every || one.checked);
  }
}

function tickAll(to) {
  for (const one of ticks()) one.checked = to;
  count();
}

let before = null; // the box that was ticked last: with Shift, all up to the next one are

document.addEventListener("click", (event) => {
  if (event.target.closest(".none-of-them")) {
    const all = document.getElementById("all");
    if (all) all.checked = false;
    tickAll(false);
    const first = document.querySelector(".tick input");
    if (first) first.focus();
  }
  const box = event.target.closest(".tick input");
  if (!box) return;
  const boxes = ticks();
  const from = boxes.indexOf(before), to = boxes.indexOf(box);
  if (event.shiftKey && from >= 0) {
    for (const one of boxes.slice(Math.min(from, to), Math.max(from, to))) one.checked = box.checked;
  }
  before = box;
});

document.addEventListener("change", (event) => {
  if (event.target.id === "each") tickAll(event.target.checked);
  else if (event.target.id === "all" || event.target.closest(".tick")) count();
});

// Enter in a field presses the button beside it.
document.addEventListener("keydown", (event) => {
  const panel = event.target.closest("#many details");
  if (event.key !== "Enter" || !panel || event.target.tagName !== "INPUT") return;
  event.preventDefault();
  panel.querySelector("button").click();
});

document.addEventListener("shelf", count);
window.addEventListener("pageshow", count); // a page that comes back has kept its ticks
count();
