// Draws the boxes of `redact.html` on the photo. The numbers in the rows are what is sent and all there is to know;
// a cover on the photo shows one row, and every change goes into the row first.
"use strict";

const redact = document.getElementById("redact");
const stage = redact.querySelector(".redact-stage");
const rows = document.getElementById("cover-rows");
const remove = redact.querySelector("[data-do=remove]");
const NAMES = ["left", "top", "width", "height"];
const LEAST = 1, STEP = 1, NEW = [35, 40, 30, 20]; // per cent
const MOST = 40;
let chosen = null;

const field = (row, name) => row.querySelector(`[name=${name}]`);
const valueOf = (row) => NAMES.map((name) => parseFloat(field(row, name).value) || 0);
const said = (text, values) => values.reduce((line, [name, value]) => line.replace(`{${name}}`, value), text);
const within = (value, least, most) => Math.min(most, Math.max(least, value));

function place(row, [left, top, width, height]) {
  const wide = within(width, LEAST, 100), high = within(height, LEAST, 100);
  const made = [within(left, 0, 100 - wide), within(top, 0, 100 - high), wide, high];
  NAMES.forEach((name, at) => { field(row, name).value = made[at].toFixed(1).replace(/\.0$/, ""); });
  show(row);
}

function show(row) {
  const values = valueOf(row);
  const there = values[2] > 0 && values[3] > 0;
  if (!there && row.cover) row.cover.remove();
  if (!there) { row.cover = null; return; }
  if (!row.cover) row.cover = newCover(row);
  NAMES.forEach((name, at) => { row.cover.style[name] = `${values[at]}%`; });
  const numbers = NAMES.map((name, at) => [name, Math.round(values[at])]);
  row.cover.setAttribute("aria-label", said(redact.dataset.box, [["n", row.number], ...numbers]));
}

function newCover(row) {
  const cover = document.createElement("button");
  cover.type = "button";
  cover.className = "cover";
  cover.addEventListener("focus", () => choose(row));
  cover.addEventListener("keydown", (event) => keyed(event, row));
  cover.row = row;
  stage.append(cover);
  return cover;
}

function choose(row) {
  chosen = row;
  remove.disabled = !row;
  stage.querySelectorAll(".cover").forEach((cover) => cover.classList.toggle("chosen", row && cover === row.cover));
}

function number() {
  [...rows.children].forEach((row, at) => {
    row.number = at + 1;
    row.querySelector("legend").textContent = said(redact.dataset.row, [["n", at + 1]]);
    if (row.cover) show(row);
  });
}

function newRow() {
  const free = [...rows.children].find((row) => !row.cover);
  if (free || rows.children.length >= MOST) return free;
  rows.append(document.getElementById("cover-row").content.cloneNode(true));
  number();
  return rows.lastElementChild;
}

function drop(row) {
  if (row.cover) row.cover.remove();
  row.remove();
  choose(null);
  number();
  redact.querySelector("[data-do=add]").focus();
}

function keyed(event, row) {
  const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  const [left, top, width, height] = valueOf(row);
  if (event.key in moves) {
    const [across, down] = moves[event.key];
    place(row, event.shiftKey ? [left, top, width + across, height + down] : [left + across, top + down, width, height]);
    document.getElementById("redact-said").textContent = row.cover.getAttribute("aria-label");
  } else if (event.key === "Delete" || event.key === "Backspace") drop(row);
  else return;
  event.preventDefault();
}

// Drawing, moving and sizing are one gesture: what it means is settled where it begins.
stage.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  const area = stage.getBoundingClientRect();
  const point = (one) => [((one.clientX - area.left) / area.width) * 100, ((one.clientY - area.top) / area.height) * 100];
  const begin = point(event), cover = event.target.closest(".cover");
  const old = cover && valueOf(cover.row);
  const sizing = cover && cornered(event, cover);
  let row = cover ? cover.row : null;

  function move(one) {
    const now = point(one).map((value) => within(value, 0, 100));
    const across = now[0] - begin[0], down = now[1] - begin[1];
    if (!row && Math.max(Math.abs(across), Math.abs(down)) < LEAST) return;
    if (!row && !(row = newRow())) return;
    if (!old) place(row, [Math.min(begin[0], now[0]), Math.min(begin[1], now[1]), Math.abs(across), Math.abs(down)]);
    else if (sizing) place(row, [old[0], old[1], within(old[2] + across, LEAST, 100 - old[0]), within(old[3] + down, LEAST, 100 - old[1])]);
    else place(row, [old[0] + across, old[1] + down, old[2], old[3]]);
  }

  function end() {
    stage.removeEventListener("pointermove", move);
    if (row && row.cover) row.cover.focus();
  }

  event.preventDefault();
  stage.setPointerCapture(event.pointerId);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("pointerup", end, { once: true });
  stage.addEventListener("pointercancel", end, { once: true });
});

function cornered(event, cover) {
  const edge = cover.getBoundingClientRect();
  const near = (size) => Math.min(28, size / 2); // pixels: a finger's, and of a small box never more than a quarter
  return edge.right - event.clientX < near(edge.width) && edge.bottom - event.clientY < near(edge.height);
}

redact.querySelector("[data-do=add]").addEventListener("click", () => {
  const row = newRow();
  if (!row) return;
  place(row, NEW);
  row.cover.focus();
});
remove.addEventListener("click", () => chosen && drop(chosen));
rows.addEventListener("input", (event) => show(event.target.closest(".cover-row")));

redact.classList.add("drawn");
redact.querySelector("details").open = false;
number();
[...rows.children].forEach(show);
