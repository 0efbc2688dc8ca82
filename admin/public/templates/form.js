(function () {
  var form = document.querySelector("form"), words = form.elements.words, kept = "linli", store, tries = 0, timer;
  var english = document.documentElement.lang === "en", told = document.getElementById("sending");
  try { store = window.localStorage; } catch (e) { /* private browsing: nothing is kept */ }
  function topic() { return form.querySelector("[name=topic]:checked"); }
  function keep() {
    var chosen = topic();
    try { store.setItem(kept, JSON.stringify({ words: words.value, topic: chosen && chosen.value, token: form.elements.token.value, at: Date.now() })); } catch (e) { /* full */ }
  }
  try {
    var old = JSON.parse(store.getItem(kept));
    if (old && !words.value && Date.now() - old.at < 864e5) {
      words.value = old.words;
      form.elements.token.value = old.token; // sent already, perhaps: then it is the same report
      form.querySelectorAll("[name=topic]").forEach(function (tile) { if (tile.value === old.topic) tile.checked = true; });
    }
  } catch (e) { /* nothing kept */ }
  document.querySelectorAll(".switch").forEach(function (link) { link.addEventListener("click", keep); });
  words.addEventListener("change", keep);

  function phrases() {
    var chosen = topic();
    document.querySelectorAll(".phrases").forEach(function (row) { row.hidden = !chosen || row.dataset.topic !== chosen.value; });
  }
  function write(said) {
    var text = words.value.trim();
    if (text.indexOf(said) < 0) words.value = text ? text.replace(/[，。,.；;]?$/, english ? "; " : "，") + said : said;
    keep();
  }
  phrases();
  form.addEventListener("change", phrases);
  document.querySelectorAll(".phrases button").forEach(function (one) {
    one.addEventListener("click", function () { write(one.textContent); });
  });

  // What is said while it is sent; a line that breaks costs nothing: the same token again is the same report.
  function say(name) {
    told.querySelectorAll("p").forEach(function (line) { line.hidden = line.dataset.when !== name; });
    told.hidden = !name;
    if (name === "broken") told.scrollIntoView({ block: "center" });
  }
  function arrived(page) {
    var come = new DOMParser().parseFromString(page, "text/html");
    var receipt = come.querySelector(".ticket");
    if (!receipt) { document.open(); document.write(page); document.close(); return; }
    try { store.removeItem(kept); } catch (e) { /* nothing kept */ }
    document.title = come.title;
    ["main", "nav"].forEach(function (part) {
      var here = document.querySelector(part), there = come.querySelector(part);
      if (here && there) here.replaceWith(there); else if (here) here.remove();
    });
    window.scrollTo(0, 0);
    document.querySelector("h1").setAttribute("tabindex", "-1");
    document.querySelector("h1").focus();
  }
  function send() {
    clearTimeout(timer);
    form.dataset.sent = "1";
    say("sending");
    var control = window.AbortController ? new AbortController() : null;
    var limit = setTimeout(function () { if (control) control.abort(); }, 30000);
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: control && control.signal })
      .then(function (answer) {
        if (answer.status >= 502) throw new Error("on the way"); // a gateway, not we
        return answer.text();
      })
      .then(function (page) { clearTimeout(limit); delete form.dataset.sent; arrived(page); })
      .catch(function () {
        clearTimeout(limit);
        delete form.dataset.sent;
        say("broken");
        tries += 1;
        timer = setTimeout(send, Math.min(60, 3 * Math.pow(2, tries)) * 1000);
      });
  }
  form.addEventListener("submit", function (event) {
    if (form.dataset.sent) { event.preventDefault(); return; }
    keep();
    if (window.fetch && window.URLSearchParams && window.DOMParser) {
      event.preventDefault();
      tries = 0;
      send();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("online", function () { if (!told.hidden && !form.dataset.sent) send(); });
  window.addEventListener("pageshow", function () { delete form.dataset.sent; });
})();
