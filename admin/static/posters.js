// The picture of the first page follows what is chosen; two buttons tick all places, or none.
"use strict";

document.documentElement.classList.add("scripted");

for (const form of document.querySelectorAll("form.print")) {
  const picture = form.querySelector("img");
  form.addEventListener("change", () => follow(form, picture));
  form.addEventListener("click", (event) => {
    const { tick } = event.target.dataset;
    if (tick === undefined) return;
    for (const box of form.querySelectorAll("[name=place]")) box.checked = tick === "all";
    follow(form, picture);
  });
  window.addEventListener("pageshow", () => follow(form, picture));
}

function follow(form, picture) {
  const asked = new URLSearchParams(new FormData(form));
  const chosen = asked.has("place") || !form.querySelector("[name=place]");
  for (const button of form.querySelectorAll("button.main")) button.disabled = !chosen;
  if (picture) picture.parentElement.hidden = !chosen;
  const first = asked.getAll("place")[0];
  if (first) asked.set("place", first);
  const source = `${form.dataset.picture}?${asked}`;
  if (chosen && picture && picture.getAttribute("src") !== source) picture.setAttribute("src", source);
}
