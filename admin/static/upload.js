// Uploads several files in pieces of 1 MiB, one file after the other. A broken line is waited out; after a
// restart of the browser the same file, chosen again, goes on where it stopped.
"use strict";

const PATIENCE = 120000; // milliseconds for one piece, on the slowest line that is still worth it
const LONGEST_WAIT = 15000;
const bring = document.getElementById("bring");
const words = bring.dataset;
const queue = [];
const sending = new Set();
let busy = false;

class Sorry extends Error {}
class Cancelled extends Error {}

function take(files) {
  for (const file of files) {
    const job = { file, row: rowFor(file), id: "", cancelled: new AbortController() };
    offer(job.row, words.cancel, () => cancel(job));
    queue.push(job);
  }
  work();
}

async function work() {
  if (busy) return;
  busy = true;
  while (queue.length) {
    await send(queue.shift());
    await refreshShelf().catch(() => {});
  }
  busy = false;
}

async function send(job) {
  const { file, row } = job;
  try {
    if (file.size > Number(words.largest)) throw new Sorry(words.tooLarge);
    await whole(job);
    finish(row, "fine", words.fine);
    setTimeout(() => row.remove(), 6000);
  } catch (error) {
    if (error instanceof Cancelled) return row.remove();
    finish(row, "sorry", error instanceof Sorry ? error.message : words.broken);
    offer(row, words.again, () => { row.remove(); take([file]); });
  } finally {
    sending.delete(job.id);
  }
}

async function whole(job) {
  const { file } = job;
  tell(job.row, words.sending, 0);
  const head = file.slice(0, 65536);
  await read(head); // of what cannot be read nothing is announced
  const said = { name: file.name, size: file.size, changed: file.lastModified, head };
  const begun = await patiently(job, () => call(job, "POST", words.begin, { body: form(said) }));
  job.id = begun.id;
  sending.add(job.id);
  hideWhatIsSent();
  const digest = await pieces(job, begun);
  tell(job.row, words.checking, 1);
  await patiently(job, () => call(job, "POST", `${words.begin}/${job.id}/finish`, { body: form({ digest }) }));
}

// Every byte goes through the digest; what the server has already is only read.
async function pieces(job, begun) {
  const { file, row } = job;
  const sum = new Sha256();
  let have = begun.size;
  for (let at = 0; at < file.size;) {
    const end = Math.min(at + begun.chunk, file.size);
    sum.update(new Uint8Array(await read(file.slice(at, end))));
    at = end;
    if (have >= at) tell(row, words.goingOn, at / file.size);
    while (have < at) {
      const piece = file.slice(have, Math.min(have + begun.chunk, at));
      have = (await patiently(job, () => append(job, have, piece))).size;
      tell(row, words.sending, have / file.size);
    }
    if (job.cancelled.signal.aborted) throw new Cancelled();
  }
  return sum.digest();
}

function append(job, offset, body) {
  const headers = { "Content-Type": "application/octet-stream", "Upload-Offset": String(offset) };
  return call(job, "PATCH", `${words.begin}/${job.id}`, { headers, body });
}

function read(blob) {
  return blob.arrayBuffer().catch(() => { throw new Sorry(words.changed); });
}

// Again and again while it is the line's or the server's fault, for as long as it takes.
async function patiently(job, ask) {
  for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await ask();
    } catch (error) {
      if (job.cancelled.signal.aborted) throw new Cancelled();
      if (error instanceof Sorry) throw error;
      tell(job.row, words.waiting, job.row.querySelector("progress").value);
      await awhile(job, wait);
    }
  }
}

function awhile(job, wait) {
  return new Promise((resolve) => {
    const soon = () => {
      clearTimeout(timer);
      window.removeEventListener("online", soon);
      resolve();
    };
    const timer = setTimeout(soon, wait);
    window.addEventListener("online", soon);
    job.cancelled.signal.addEventListener("abort", soon, { once: true });
  });
}

async function call(job, method, address, { headers, body }) {
  const asked = new AbortController();
  const stop = () => asked.abort();
  const timer = setTimeout(stop, PATIENCE);
  job.cancelled.signal.addEventListener("abort", stop);
  try {
    const all = { Accept: "application/json", "X-CSRF": words.csrf, ...headers };
    const answer = await fetch(address, { method, headers: all, body, signal: asked.signal });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok || (answer.status === 409 && "size" in said)) return said;
    if (answer.status >= 500 && answer.status !== 507) throw new Error(String(answer.status));
    throw new Sorry(said.mistake || words.broken);
  } finally {
    clearTimeout(timer);
    job.cancelled.signal.removeEventListener("abort", stop);
  }
}

async function cancel(job) {
  job.cancelled.abort();
  const place = queue.indexOf(job);
  if (place >= 0) queue.splice(place, 1);
  if (job.id) {
    const headers = { "X-CSRF": words.csrf };
    await fetch(words.discard.replace("ID", job.id), { method: "POST", headers }).catch(() => {});
  }
  job.row.remove();
  refreshShelf().catch(() => {});
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
  row.querySelector("span").textContent = words.queued;
  row.querySelector("progress").max = 1;
  row.querySelector("progress").value = 0;
  row.querySelector("progress").setAttribute("aria-label", file.name);
  document.getElementById("uploads").append(row);
  return row;
}

function tell(row, sentence, share) {
  const percent = share > 0 && share < 1 ? ` ${Math.floor(share * 100)}%` : "";
  const said = sentence + percent;
  if (row.querySelector("span").textContent !== said) row.querySelector("span").textContent = said;
  row.querySelector("progress").value = share;
}

function finish(row, kind, sentence) {
  row.className = kind;
  row.querySelector("span").textContent = sentence;
  for (const one of row.querySelectorAll("progress, button")) one.remove();
}

function offer(row, label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", act);
  row.append(button);
}

// What is being sent is told by its row, not also as an upload that was broken off.
function hideWhatIsSent() {
  const broken = document.getElementById("broken");
  if (!broken) return;
  const rows = [...broken.querySelectorAll("[data-upload]")];
  for (const row of rows) row.hidden = sending.has(row.dataset.upload);
  broken.hidden = rows.every((row) => row.hidden);
}

document.addEventListener("shelf", hideWhatIsSent);

// While something is being sent the page must stay, so the buttons of the tray are pressed from here.
document.addEventListener("submit", async (event) => {
  if (!busy || !event.target.closest("#tray, #broken")) return;
  event.preventDefault();
  const body = new FormData(event.target);
  const pressed = event.submitter;
  if (pressed && pressed.name) body.append(pressed.name, pressed.value);
  const address = (pressed && pressed.getAttribute("formaction")) || event.target.action;
  const headers = { Accept: "application/json" };
  const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
  const { mistake } = answer && answer.ok ? {} : (answer && await answer.json().catch(() => ({}))) || {};
  await refreshShelf().catch(() => {});
  say(answer && answer.ok ? "" : mistake || words.broken, Boolean(answer && answer.ok));
});

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
