// A click on a bar opens the slide of its row, or shows which slides it stands for.
"use strict";

document.documentElement.classList.add("scripted");

document.addEventListener("click", (event) => {
  const cell = event.target.closest(".plan td");
  if (!cell) return;
  const link = cell.parentElement.querySelector("th > a");
  const summary = cell.parentElement.querySelector("th summary");
  if (link) location.assign(link.href);
  else if (summary) summary.click();
});
