// The inbox by keys: j and k go down and up, Enter opens (it is a link), / goes to the search.
"use strict";

{
  document.documentElement.classList.add("scripted");
  const links = [...document.querySelectorAll("#reports a")];
  const search = document.getElementById("q");
  const typing = (one) => one.closest("input, textarea, select, [contenteditable]");

  function go(step) {
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
    if (!next) return;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  const KEYS = { j: () => go(1), k: () => go(-1), "/": () => search.select() };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && event.target === search) return search.blur();
    if (typing(event.target) || !(event.key in KEYS)) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  // A choice is a wish: no button has to be found for it.
  document.querySelectorAll(".filters select").forEach((one) => {
    one.addEventListener("change", () => one.form.submit());
  });
}
