// The order of the slides: drag a row by its number, or press its arrows; both are saved at once.
"use strict";

const EDGE = 90;

let moved = Promise.resolve();

// One after the other, as they were made: each is meant for the order that the one before has left.
function move(fields) {
  moved = moved.then(() => save(fields)).catch(() => {});
}

async function save(fields) {
  const shelf = document.getElementById("shelf");
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const headers = { Accept: "application/json", "X-CSRF": shelf.dataset.csrf };
  const answer = await fetch(shelf.dataset.move, { method: "POST", headers, body }).catch(() => null);
  const { place, mistake } = answer ? await answer.json().catch(() => ({})) : {};
  await refreshShelf().catch(() => {});
  if (place) say(shelf.dataset.moved.replace("{n}", place), true);
  else say(mistake || shelf.dataset.notMoved, false);
}

document.addEventListener("submit", (event) => {
  const { name, value } = event.submitter || {};
  const { file, place } = event.target.elements;
  const fields = {
    up: () => ({ up: value }),
    down: () => ({ down: value }),
    step: () => ({ file: file.value, step: value }),
    go: () => ({ file: file.value, place: place.value }),
  }[name];
  if (!fields || !event.submitter.closest(".tile")) return;
  event.preventDefault();
  move(fields());
});

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle || event.button) return;
  event.preventDefault();
  drag(handle, handle.closest(".tile"), event.pointerId);
});

function drag(handle, tile, pointer) {
  const before = tile.nextElementSibling;
  handle.setPointerCapture(pointer);
  tile.classList.add("dragged");
  document.body.classList.add("dragging");
  const onMove = (event) => { scroll(event.clientY); settle(tile, event.clientY); };
  const onEnd = (event) => {
    handle.removeEventListener("pointermove", onMove);
    tile.classList.remove("dragged");
    document.body.classList.remove("dragging");
    if (event.type === "pointercancel") refreshShelf();
    else if (tile.nextElementSibling !== before) move({ file: tile.dataset.file, ...dropped(tile) });
  };
  handle.addEventListener("pointermove", onMove);
  handle.addEventListener("pointerup", onEnd, { once: true });
  handle.addEventListener("pointercancel", onEnd, { once: true });
}

// Beside which row it lies now. The list may be one page or a search, so the last row is not the end of all.
function dropped(tile) {
  const next = tile.nextElementSibling;
  const last = tile.previousElementSibling;
  return next && next.querySelector(".handle") ? { before: next.dataset.file } : { behind: last.dataset.file };
}

function settle(tile, y) {
  const above = tile.previousElementSibling;
  const below = tile.nextElementSibling;
  // the others are moved around the dragged row: moving that one itself would end the capture
  if (above && y < middle(above)) tile.parentElement.insertBefore(above, tile.nextElementSibling);
  else if (below && y > middle(below)) tile.parentElement.insertBefore(below, tile);
}

function middle(tile) {
  const box = tile.getBoundingClientRect();
  return box.top + box.height / 2;
}

function scroll(y) {
  if (y < EDGE) window.scrollBy(0, -14);
  else if (y > window.innerHeight - EDGE) window.scrollBy(0, 14);
}
