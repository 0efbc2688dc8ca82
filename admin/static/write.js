// A card while it is being typed: drawn by the server as the screen would show it. The newest wins.
"use strict";

{
  document.documentElement.classList.add("scripted");

  const words = document.getElementById("words");
  const look = document.getElementById("look");
  const aloud = document.getElementById("aloud");
  const over = document.getElementById("over"); // the log-in is
  const PAUSE = 90; // milliseconds without a key, then it is drawn
  const SILENCE = 1500; // milliseconds without a key, then what is to be known is read aloud
  let due = null;
  let silent = null;
  let busy = false;
  let again = false;
  let page = 1;
  let notes = "";

  // One at a time: what was typed meanwhile is drawn next, and what is between is left out.
  async function draw() {
    clearTimeout(due);
    again = busy;
    if (busy) return;
    busy = true;
    look.setAttribute("aria-busy", "true");
    const answer = await asked().catch(() => null);
    busy = false;
    look.setAttribute("aria-busy", "false");
    if (answer) await show(answer);
    if (again) draw();
  }

  async function asked() {
    const body = new FormData(words);
    body.set("do", "look");
    body.set("page", page);
    const said = await fetch(words.dataset.look, { method: "POST", headers: { Accept: "application/json" }, body });
    over.hidden = said.status !== 400 && said.status !== 401;
    return said.ok || said.status === 413 || said.status === 422 ? said.json() : null;
  }

  async function show({ html, wrong, notes: sentences, photo, mistake }) {
    if (mistake) wrong = { [document.getElementById("picked")?.files.length ? "photo" : "title"]: mistake };
    mark(wrong || {});
    if (photo) keep(photo);
    const all = [...(sentences || []), ...Object.values(wrong || {})].join(" ");
    if (all !== notes) later(all);
    if (!html) return;
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    await Promise.all([...fresh.querySelectorAll("img")].map((one) => one.decode().catch(() => {})));
    const pressed = look.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    look.replaceChildren(...fresh.childNodes);
    if (pressed) refocus(pressed);
  }

  function refocus(label) {
    const buttons = [...look.querySelectorAll("button:not(:disabled)")];
    (buttons.find((one) => one.getAttribute("aria-label") === label) || buttons[0])?.focus();
  }

  // What is wrong stands beside its field, and goes when it is mended.
  function mark(wrong) {
    document.querySelectorAll("[data-slot]").forEach((slot) => {
      const name = slot.dataset.slot;
      const control = document.getElementById(name === "photo" ? "picked" : name);
      if (wrong[name]) {
        const line = document.createElement("p");
        line.className = "mistake";
        line.id = `wrong-${name}`;
        line.textContent = wrong[name];
        slot.replaceChildren(line);
        control?.setAttribute("aria-invalid", "true");
      } else {
        slot.replaceChildren();
        control?.removeAttribute("aria-invalid");
      }
    });
  }

  // A photo is sent once; from then on the form only says which.
  function keep({ id, name }) {
    const file = document.getElementById("picked");
    if (!file) return;
    words.elements.photo.value = id;
    if (!id || !file.files.length) return;
    file.value = "";
    const chosen = document.getElementById("field.picture");
    if (![...chosen.options].some((one) => one.value === name)) chosen.add(new Option(name, name));
    chosen.value = name;
  }

  function later(all) {
    notes = all;
    clearTimeout(silent);
    silent = setTimeout(() => { aloud.textContent = notes; }, SILENCE);
  }

  words.addEventListener("input", (event) => {
    clearTimeout(due);
    if (event.target.name === "title" || event.target.name.startsWith("field.") || event.target.name === "file" || event.target.name === "folder") due = setTimeout(draw, PAUSE);
  });
  document.addEventListener("click", (event) => {
    const leaf = event.target.closest('#look button[name="page"]');
    if (!leaf) return;
    event.preventDefault();
    page = Number(leaf.value);
    draw();
  });
  words.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "look") return; // Enter in a field looks, and puts nothing up
    event.preventDefault();
    draw();
  });

  // What `keep.js` has put back, and what was typed before this script came.
  const typed = [...words.elements].some((one) => one.matches("input, textarea") && one.value !== one.defaultValue);
  if (typed || !document.getElementById("kept").hidden || words.dataset.now !== undefined) draw();
}
