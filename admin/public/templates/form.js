(function () {
  var form = document.querySelector("form"), words = form.elements.words, kept = "linli", store;
  try { store = window.localStorage; } catch (e) { /* private browsing: nothing is kept */ }
  function keep() {
    var topic = form.querySelector("[name=topic]:checked");
    try { store.setItem(kept, JSON.stringify({ words: words.value, topic: topic && topic.value, token: form.elements.token.value, at: Date.now() })); } catch (e) { /* full */ }
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
  form.addEventListener("submit", function (event) {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    keep();
    setTimeout(function () { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", function () { delete form.dataset.sent; });
})();
