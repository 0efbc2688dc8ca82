// The part of a form that asks when a slide plays: says in words what is chosen, and asks only what is wanted.
"use strict";

{
  const when = document.getElementById("when");
  const told = document.getElementById("told");
  const RESTING = 250; // milliseconds after the last key
  let due = null;
  let asked = 0;

  const field = (name) => when.querySelector(`[name="${name}"]`);
  const chosen = (name) => (when.querySelector(`[name="${name}"]:checked`) || { value: "" }).value;

  function showWhatIsAsked() {
    const kind = chosen("repeat");
    for (const one of when.querySelectorAll("[data-for]")) ask(one, one.dataset.for.split(" ").includes(kind));
    for (const one of when.querySelectorAll("[data-insert]")) ask(one, chosen("priority") === "insert");
  }

  // What is not asked is not sent either.
  function ask(part, asked) {
    part.hidden = !asked;
    for (const one of part.querySelectorAll("input, select")) one.disabled = !asked;
  }

  function sent() {
    const all = new URLSearchParams();
    for (const one of when.querySelectorAll("input, select")) {
      const off = one.disabled || (/^(radio|checkbox)$/.test(one.type) && !one.checked);
      if (!off) all.append(one.name, one.value);
    }
    return all;
  }

  async function tell() {
    const number = (asked += 1);
    const headers = { Accept: "application/json" };
    const answer = await fetch(`${when.dataset.timing}?${sent()}`, { headers }).catch(() => null);
    if (!answer || !answer.ok || number !== asked) return;
    const { words, wrong, until } = await answer.json();
    const sentences = words.length ? words : [...new Set(Object.values(wrong))];
    told.classList.toggle("bad", !words.length);
    told.querySelector("span").replaceChildren(...sentences.flatMap((sentence) => {
      const one = document.createElement("span");
      one.textContent = sentence;
      return [one, " "];
    }));
    if (chosen("keep") !== "day") settle(until);
  }

  // The day that a choice comes to stands in its field, too.
  function settle(until) {
    field("until_day").value = until;
    if (field("until_time")) field("until_time").value = "";
    field("until_was").value = until;
    field("keep_was").value = chosen("keep");
  }

  function keep(value) {
    const radio = when.querySelector(`[name="keep"][value="${value}"]`);
    if (radio) radio.checked = true;
  }

  when.addEventListener("input", (event) => {
    const { name } = event.target;
    if (name === "until_day" || name === "until_time") keep(field("until_day").value ? "day" : "always");
    showWhatIsAsked();
    clearTimeout(due);
    due = setTimeout(tell, RESTING);
  });

  document.documentElement.classList.add("scripted");
  showWhatIsAsked();
}
