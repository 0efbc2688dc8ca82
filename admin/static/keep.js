// What is typed into a form waits in this tab until it is saved: by then the log-in may be over.
"use strict";

{
  const KEY = "typed";
  const forms = [...document.querySelectorAll("form[data-keep]")];
  const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
  const typed = {};

  function remember({ target }) {
    const number = forms.indexOf(target.form || target);
    if (number < 0) return;
    typed[number] = [...new FormData(forms[number])].filter(([name, value]) => name !== "csrf" && typeof value === "string");
    sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, typed }));
  }

  function fill(form, fields) {
    const given = new Map();
    for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
    for (const one of form.elements) {
      if (!one.name || one.name === "csrf" || one.type === "file" || one.type === "submit") continue;
      const values = given.get(one.name) || [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
      else if (values.length) set(one, values.shift());
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A photo that was sent for the card is no choice of a page that is made anew.
  function set(one, value) {
    if (one.options && ![...one.options].some((choice) => choice.value === value)) one.add(new Option(value, value));
    one.value = value;
  }

  // Only after a log-in: what was saved or left meanwhile must not come back over what stands there now.
  function restore() {
    const entered = document.referrer && new URL(document.referrer).pathname.startsWith("/login");
    if (!kept || kept.path !== location.pathname || !(entered || kept.back)) return;
    for (const [number, fields] of Object.entries(kept.typed)) {
      if (!forms[number]) continue;
      fill(forms[number], fields);
      document.getElementById("kept").hidden = false;
    }
  }

  // A page that says that nothing was saved leads back to the form.
  if (document.querySelector("[data-unsaved]")) {
    if (kept) sessionStorage.setItem(KEY, JSON.stringify({ ...kept, back: true }));
  } else {
    sessionStorage.removeItem(KEY);
    document.addEventListener("input", remember);
    document.addEventListener("submit", remember);
    restore();
  }

  // To the log-in: somebody may have logged in again meanwhile, and is led right back here.
  document.addEventListener("click", (event) => {
    const now = JSON.parse(sessionStorage.getItem(KEY) || "null");
    if (now && event.target.closest("#over a")) sessionStorage.setItem(KEY, JSON.stringify({ ...now, back: true }));
  });
}
