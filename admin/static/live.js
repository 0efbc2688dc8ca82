// Keeps the picture of the screen and its sentence fresh while the page can be seen.
"use strict";

const wall = document.getElementById("wall");
const EVERY = 2000;
let shown = null;
let on = null;

function show(state) {
  wall.classList.toggle("off", !state.alive);
  const words = document.getElementById("screen-words");
  if (words.textContent !== state.words) words.textContent = state.words;
  document.getElementById("no-picture").hidden = Boolean(state.picture);
  const image = document.getElementById("screen");
  image.hidden = !state.picture;
  if (state.picture && state.picture !== shown) {
    image.src = `${wall.dataset.picture}?v=${state.picture}`;
    shown = state.picture;
  }
  mark(state.alive ? state.slide.split("#")[0] : "");
}

async function tellNext(file) {
  const next = document.getElementById("next");
  if (!next) return;
  try {
    const answer = await fetch(next.dataset.next);
    if (answer.ok && !answer.redirected && file === on) next.innerHTML = await answer.text();
  } catch { /* the next slide brings another chance */ }
}

function mark(file) {
  const other = on !== null && on !== file;
  on = file;
  if (other) tellNext(file);
  for (const tile of document.querySelectorAll(".tile")) {
    tile.classList.toggle("on-air", Boolean(file) && tile.dataset.file === file);
  }
}

async function look() {
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(wall.dataset.state, { cache: "no-cache", headers: { Accept: "application/json" } });
      if (answer.ok) show(await answer.json());
    } catch { /* the next look is due soon */ }
  }
  setTimeout(look, EVERY);
}

look();
