// A form that was sent when the log-in was over is filled in again once somebody has logged in.
"use strict";

{
  const KEY = "sent";
  const read = () => JSON.parse(sessionStorage.getItem(KEY) || "null");

  function fill(form, fields) {
    const given = new Map();
    for (const [name, value] of fields) given.set(name, [...(given.get(name) || []), value]);
    for (const one of form.elements) {
      if (!one.name || one.name === "csrf" || one.type === "file" || one.type === "submit") continue;
      const values = given.get(one.name) || [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
      else if (values.length) one.value = values.shift();
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const kept = read();
  const back = document.referrer && new URL(document.referrer).pathname.startsWith("/login");
  sessionStorage.removeItem(KEY);
  if (kept && back && kept.path === location.pathname) {
    const form = document.querySelectorAll("form[data-keep]")[kept.number];
    if (form) {
      fill(form, kept.fields);
      document.getElementById("kept").hidden = false;
    }
  }

  document.addEventListener("submit", (event) => {
    const number = [...document.querySelectorAll("form[data-keep]")].indexOf(event.target);
    if (number < 0) return;
    const fields = [...new FormData(event.target)].filter(([, value]) => typeof value === "string");
    sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, number, fields }));
  });
}
