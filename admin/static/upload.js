// Uploads several files in pieces of 1 MiB, one file after the other; a broken line is waited out.
"use strict";

const bring = document.getElementById("bring");
const words = bring.dataset;
const queue = [];
let busy = false;

class Sorry extends Error {}

function take(files) {
  for (const file of files) queue.push({ file, row: rowFor(file) });
  work();
}

async function work() {
  if (busy) return;
  busy = true;
  while (queue.length) {
    const { file, row } = queue.shift();
    await send(file, row);
    await refreshShelf().catch(() => {});
  }
  busy = false;
}

async function send(file, row) {
  try {
    if (file.size > Number(words.largest)) throw new Sorry(words.tooLarge);
    tell(row, words.sending, 0);
    const begun = await call("POST", words.begin, form({ name: file.name, size: file.size }));
    await pieces(file, begun, row);
    tell(row, words.checking, 1);
    await call("POST", `${words.begin}/${begun.id}/finish`, form({}));
    finish(row, "fine", words.fine);
    setTimeout(() => row.remove(), 6000);
  } catch (error) {
    finish(row, "sorry", error instanceof Sorry ? error.message : words.broken);
    offerAgain(file, row);
  }
}

async function pieces(file, begun, row) {
  let offset = 0;
  let tries = 0;
  while (offset < file.size) {
    try {
      const piece = file.slice(offset, offset + begun.chunk);
      offset = (await call("PUT", `${words.begin}/${begun.id}?offset=${offset}`, piece)).size;
      tries = 0;
      tell(row, words.sending, offset / file.size);
    } catch (error) {
      if (error instanceof Sorry || (tries += 1) > 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** tries));
    }
  }
}

async function call(method, address, body) {
  const headers = { Accept: "application/json", "X-CSRF": words.csrf };
  if (body instanceof Blob) headers["Content-Type"] = "application/octet-stream";
  const answer = await fetch(address, { method, headers, body });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok || (answer.status === 409 && "size" in said)) return said;
  if (answer.status >= 500 && answer.status !== 507 && !said.mistake) throw new Error(String(answer.status));
  throw new Sorry(said.mistake || words.broken);
}

function form(fields) {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.append(name, value);
  return made;
}

function rowFor(file) {
  const row = document.createElement("li");
  row.append(document.createElement("b"), document.createElement("span"), document.createElement("progress"));
  row.querySelector("b").textContent = file.name;
  row.querySelector("progress").max = 1;
  row.querySelector("progress").value = 0;
  document.getElementById("uploads").append(row);
  return row;
}

function tell(row, sentence, share) {
  const percent = share > 0 && share < 1 ? ` ${Math.round(share * 100)}%` : "";
  row.querySelector("span").textContent = sentence + percent;
  row.querySelector("progress").value = share;
}

function finish(row, kind, sentence) {
  row.className = kind;
  row.querySelector("span").textContent = sentence;
  row.querySelector("progress")?.remove();
}

function offerAgain(file, row) {
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = words.again;
  again.addEventListener("click", () => { row.remove(); take([file]); });
  row.append(again);
}

const input = document.getElementById("files");
input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
bring.addEventListener("submit", (event) => event.preventDefault());
for (const name of ["dragover", "drop", "dragleave"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    bring.classList.toggle("over", name === "dragover");
    if (name === "drop") take([...event.dataTransfer.files]);
  });
}
window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });
