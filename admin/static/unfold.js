// Whoever follows a link into something that is folded up finds it open, and the keyboard is there, too.
"use strict";

{
  function meant(hash) {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null; // somebody wrote a lonely % into the address
    }
  }

  // What is opened for it; null where nothing was folded up.
  function unfold(hash) {
    const target = meant(hash);
    const folded = [];
    for (let one = target && target.closest("details"); one; one = one.parentElement.closest("details")) folded.push(one);
    if (!folded.some((one) => !one.open)) return null;
    folded.forEach((one) => { one.open = true; });
    target.scrollIntoView();
    return target;
  }

  function lead(target) {
    if (target && target.matches("details")) target.querySelector("summary").focus({ preventScroll: true });
  }

  addEventListener("hashchange", () => lead(unfold(location.hash)));
  // The same link once more changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#']");
    if (link && link.href === location.href) lead(unfold(link.hash));
  });
  const opened = unfold(location.hash);
  addEventListener("load", () => setTimeout(() => lead(opened))); // before that the browser itself takes the keys away
}
