// Menus: that of a slide is a page of its own, opened in the list; each closes when it is done with.
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest(".menu > a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.nextElementSibling) shut(link.parentElement);
  else open(link).catch(() => location.assign(link.href));
});

let wanted = null; // the menu that is on its way

async function open(link) {
  wanted = link;
  const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.getElementById("deeds");
  if (!form) throw new Error(answer.status); // the page itself says why
  // Somebody has gone elsewhere meanwhile, the list is another by now, or it was pressed twice.
  if (wanted !== link || !link.isConnected || link.nextElementSibling) return;
  form.removeAttribute("id");
  form.classList.remove("sheet", "short");
  link.after(document.adoptNode(form));
  link.setAttribute("aria-expanded", "true");
  form.querySelector("input:not([type=hidden]), select, button:not(:disabled)").focus();
}

function shut(menu) {
  if (menu.tagName === "DETAILS") menu.open = false;
  else {
    menu.lastElementChild.remove();
    menu.firstElementChild.removeAttribute("aria-expanded");
  }
}

// A menu closes when another is opened, when something else is pressed, and by Escape.
const OPEN = ".menu[open], .menu:not(details) > form";
const opened = () => [...document.querySelectorAll(OPEN)].map((one) => one.closest(".menu"));

function shutAll(but) {
  if (wanted && !wanted.parentElement.contains(but)) wanted = null;
  for (const one of opened()) if (!one.contains(but)) shut(one);
}

document.addEventListener("pointerdown", (event) => shutAll(event.target));
document.addEventListener("focusin", (event) => shutAll(event.target));
document.addEventListener("keydown", (event) => {
  const menu = opened().find((one) => one.contains(event.target));
  if (event.key !== "Escape" || !menu) return;
  menu.firstElementChild.focus();
  shut(menu);
});
