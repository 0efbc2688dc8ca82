// Sentences that fill the box of an answer. What stands in the box already is kept: they are put behind it.
"use strict";

document.documentElement.classList.add("scripted");

document.addEventListener("click", (event) => {
  const one = event.target.closest(".begin button");
  if (!one) return;
  const box = document.getElementById(one.closest(".begin").dataset.into);
  const typed = box.value.trim();
  box.value = typed ? `${typed}\n${one.textContent}` : one.textContent;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});
