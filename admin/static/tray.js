// What is chosen in the tray stays chosen while the list is read again; who picks a day means that day.
"use strict";

let picked = [];

document.addEventListener("input", (event) => {
  const form = event.target.closest("#putting");
  if (!form) return;
  if (event.target.name === "until_day") form.querySelector('[name="keep"][value="day"]').checked = true;
  picked = [...new FormData(form)].filter(([name]) => name !== "csrf");
});

document.addEventListener("shelf", () => {
  const form = document.getElementById("putting");
  for (const [name, value] of form ? picked : []) {
    const same = [...form.elements].filter((one) => one.name === name);
    for (const one of same) if (one.type === "radio") one.checked = one.value === value; else one.value = value;
  }
});
