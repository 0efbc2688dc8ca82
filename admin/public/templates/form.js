// Words are kept on this phone until their receipt is here; what is wrong with them is said without leaving the page.
(function () {
  var kept = "linli", tries = 0, timer, photos = [], proof = {}, store;
  var english = document.documentElement.lang === "en", told;
  try { store = window.localStorage; } catch (e) { /* private browsing: nothing is kept */ }
  function form() { return document.getElementById("report"); }
  function words() { return form().elements.words; }
  function topic() { return form().querySelector("[name=topic]:checked"); }
  function keep() {
    var chosen = topic();
    try { store.setItem(kept, JSON.stringify({ words: words().value, topic: chosen && chosen.value, token: form().elements.token.value, at: Date.now() })); } catch (e) { /* full */ }
  }
  try {
    var old = JSON.parse(store.getItem(kept));
    if (old && !words().value && Date.now() - old.at < 864e5) {
      words().value = old.words;
      form().elements.token.value = old.token; // sent already, perhaps: then it is the same report
      form().querySelectorAll("[name=topic]").forEach(function (tile) { if (tile.value === old.topic) tile.checked = true; });
    }
  } catch (e) { /* nothing kept */ }
  document.querySelectorAll("a.switch").forEach(function (link) { link.addEventListener("click", keep); });

  function phrases() {
    var chosen = topic();
    document.querySelectorAll(".phrases").forEach(function (row) { row.hidden = !chosen || row.dataset.topic !== chosen.value; });
  }
  function write(said) {
    var text = words().value.trim();
    if (text.indexOf(said) < 0) words().value = text ? text.replace(/[，。,.；;]?$/, english ? "; " : "，") + said : said;
    keep();
  }

  // Photos wait here until the words are safe.
  function showPhotos() {
    var list = document.getElementById("chosen"), add = document.getElementById("adding");
    if (!list) return;
    list.textContent = "";
    photos.forEach(function (photo, place) {
      var line = document.createElement("li"), picture = document.createElement("img"), drop = document.createElement("button");
      picture.src = photo.look;
      picture.alt = list.dataset.photo + " " + (place + 1);
      drop.type = "button";
      drop.textContent = list.dataset.drop;
      drop.setAttribute("aria-label", drop.textContent + " " + picture.alt);
      drop.addEventListener("click", function () { photos.splice(place, 1); showPhotos(); });
      line.append(picture, drop);
      list.append(line);
    });
    add.hidden = photos.length >= MOST_PHOTOS;
  }
  function choose(input) {
    var file = input.files[0];
    if (file && photos.length < MOST_PHOTOS) photos.push({ file: file, key: named(), look: URL.createObjectURL(file) });
    input.value = "";
    showPhotos();
  }
  function begin() {
    told = document.getElementById("sending");
    phrases();
    var room = document.getElementById("adding");
    if (room) { document.getElementById("with-photos").hidden = false; showPhotos(); }
    form().elements.device.value = device();
    look();
  }
  // A number that this phone draws anew every day, so that a flood from one phone is told from a whole building.
  function device() {
    var today = new Date().toDateString();
    try {
      var known = JSON.parse(store.getItem("linli-day"));
      if (!known || known.day !== today) {
        known = { day: today, mark: named() };
        store.setItem("linli-day", JSON.stringify(known));
      }
      return known.mark;
    } catch (e) { return ""; }
  }

  // Is it perhaps what others have said? Asked in the background, and nobody waits for it.
  function look() {
    var chosen = topic(), place = form().elements.place;
    if (!chosen || !place || !place.value) return;
    var asked = new URLSearchParams({ topic: chosen.value, place: place.value });
    if (english) asked.set("lang", "en");
    fetch("/too?" + asked).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (page) {
      var come = new DOMParser().parseFromString(page, "text/html"), there = document.getElementById("same");
      if (there && topic() === chosen) there.replaceChildren.apply(there, Array.from(come.body.children));
    }).catch(function () { /* then not */ });
  }
  function sayToo(button) {
    var body = filledIn();
    body.set("too", button.value);
    button.disabled = true;
    fetch(form().action, { method: "POST", body: body }).then(function (answer) { return answer.text(); }).then(function (page) {
      var said = new DOMParser().parseFromString(page, "text/html").querySelector(".notice");
      if (said) button.replaceWith(said);
    }).catch(function () { button.disabled = false; });
  }
  function begun() {
    if (begun.told) return;
    begun.told = true;
    if (navigator.sendBeacon) navigator.sendBeacon("/T", new URLSearchParams({ token: form().elements.token.value }));
  }
  begin();
  document.addEventListener("input", function (event) { if (event.target.form === form()) begun(); });
  document.addEventListener("change", function (event) {
    if (event.target.id === "words") keep();
    if (event.target.name === "topic") phrases();
    if (event.target.name === "topic" || event.target.id === "place") look();
    if (event.target.id === "choose") choose(event.target);
  });
  document.addEventListener("click", function (event) {
    if (event.target.matches(".phrases button")) write(event.target.textContent);
    var button = event.target.closest("[name=too]");
    if (button) { event.preventDefault(); sayToo(button); }
  });

  // What is said while it is sent; a line that breaks costs nothing: the same token again is the same report.
  function say(name) {
    told = document.getElementById("sending");
    told.querySelectorAll("p").forEach(function (line) { line.hidden = line.dataset.when !== name; });
    told.hidden = !name;
    if (name === "broken") told.scrollIntoView({ block: "center" });
  }
  function remind(hints, seen) {
    var before = document.getElementById("hints");
    if (before) before.remove();
    form().elements.seen.value = seen;
    hints.querySelector(".anyway").remove(); // the button below is near enough
    told.before(hints);
    hints.scrollIntoView({ block: "center" });
    hints.focus({ preventScroll: true });
  }
  // Much has come from here today: the phone does a little work first, or says that it cannot.
  function prove(come) {
    var task = come.querySelector("[name=task]").value, bits = Number(come.getElementById("work").dataset.bits);
    if (typeof proven === "undefined") {
      var script = document.createElement("script");
      script.textContent = come.getElementById("proof").textContent;
      document.head.append(script);
    }
    say("sending");
    form().dataset.sent = "1";
    Promise.resolve().then(function () { return proven(task, bits); }).catch(function () { return "-"; }).then(function (work) {
      proof = { task: task, work: work };
      send();
    });
  }
  // A page of ours that has no form, or one of somebody on the way: the words stay here.
  function refused(why) {
    if (!why) throw new Error("not ours");
    say("told");
    told.querySelector("[data-when=told]").textContent = why.textContent;
    told.scrollIntoView({ block: "center" });
  }
  function replace(come) {
    ["main", "nav", "footer"].forEach(function (part) {
      var here = document.querySelector(part), there = come.querySelector(part);
      if (here && there) here.replaceWith(there); // with mistakes no other nav comes, and this one keeps the words
    });
  }
  function arrived(page) {
    var come = new DOMParser().parseFromString(page, "text/html");
    var receipt = come.querySelector(".ticket"), hints = come.getElementById("hints");
    if (hints) { remind(hints, come.querySelector("[name=seen]").value); return; }
    if (come.getElementById("work")) { prove(come); return; }
    if (!receipt && !come.getElementById("report")) { refused(come.querySelector("main h1")); return; }
    if (receipt) try { store.removeItem(kept); } catch (e) { /* nothing kept */ }
    document.title = come.title;
    replace(come);
    if (!receipt && form()) begin();
    window.scrollTo(0, 0);
    var first = document.querySelector("[role=alert], h1");
    first.setAttribute("tabindex", "-1");
    first.focus();
    if (receipt && photos.length) sendPhotos(photos);
  }
  function filledIn() {
    var body = new URLSearchParams(new FormData(form()));
    body.set("js", "1");
    for (var name in proof) body.set(name, proof[name]);
    return body;
  }
  function send() {
    clearTimeout(timer);
    var sent = form();
    sent.dataset.sent = "1";
    say("sending");
    var control = window.AbortController ? new AbortController() : null;
    var limit = setTimeout(function () { if (control) control.abort(); }, 30000);
    fetch(sent.action, { method: "POST", body: filledIn(), signal: control && control.signal })
      .then(function (answer) {
        if (answer.status >= 502) throw new Error("on the way"); // a gateway, not we
        return answer.text();
      })
      .then(function (page) { clearTimeout(limit); delete sent.dataset.sent; say(""); arrived(page); })
      .catch(function () {
        clearTimeout(limit);
        delete sent.dataset.sent;
        say("broken");
        tries += 1;
        timer = setTimeout(send, Math.min(60, 3 * Math.pow(2, tries)) * 1000);
      });
  }
  document.addEventListener("submit", function (event) {
    if (event.target !== form()) return;
    if (form().dataset.sent) { event.preventDefault(); return; }
    keep();
    if (window.fetch && window.URLSearchParams && window.DOMParser) {
      event.preventDefault();
      tries = 0;
      send();
      return;
    }
    form().dataset.sent = "1";
    setTimeout(function () { delete form().dataset.sent; }, 8000);
  });
  window.addEventListener("online", function () { if (form() && !told.hidden && !form().dataset.sent) send(); });
  window.addEventListener("pageshow", function () { if (form()) delete form().dataset.sent; });
})();
