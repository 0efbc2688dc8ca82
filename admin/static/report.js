// Shows the card of the answer while it is being written, and what masking hides.
"use strict";

document.documentElement.classList.add("scripted");

const answer = document.getElementById("answer");
const card = document.getElementById("card");
const PAUSE = 500;
let due = null;
let asked = 0;

async function look() {
  const number = (asked += 1);
  const headers = { Accept: "application/json", "X-CSRF": answer.dataset.csrf };
  const said = await fetch(answer.dataset.look, { method: "POST", headers, body: new FormData(answer) }).catch(() => null);
  if (!said || number !== asked) return;
  show(said.ok ? await said.json() : { picture: "", hidden: [] });
}

function show({ picture, hidden }) {
  card.hidden = !picture;
  document.getElementById("no-card").hidden = Boolean(picture);
  if (picture && card.getAttribute("src") !== picture) card.src = picture;
  const hint = document.getElementById("hidden");
  hint.hidden = !hidden.length;
  hint.querySelector("span").textContent = answer.dataset.hidden + hidden.join("、");
}

answer.addEventListener("input", () => {
  clearTimeout(due);
  due = setTimeout(look, PAUSE);
});
// What `keep.js` put back, and what came back with a mistake.
if (!document.getElementById("kept").hidden || (card.hidden && answer.elements.done.value)) look();
