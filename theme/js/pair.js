// Pairs: on a narrow screen tabs choose the side, for all pairs at once and for the next visit;
// a link to a region lights it on both sides.
(function () {
  "use strict";
  var root = document.documentElement;
  var tabs = document.querySelectorAll(".tabs button");

  function show(side) {
    root.dataset.side = side;
    tabs.forEach(function (tab) {
      tab.setAttribute("aria-pressed", String(tab.value === side));
    });
  }

  tabs.forEach(function (tab) {
    tab.addEventListener("click", function () {
      // Pairs above may change their height: what the reader looks at stays where it is.
      var before = tab.getBoundingClientRect().top;
      show(tab.value);
      window.scrollBy(0, tab.getBoundingClientRect().top - before);
      try {
        localStorage.setItem("side", tab.value);
      } catch (error) {
        // The choice holds for this page.
      }
    });
  });
  show(root.dataset.side);

  // A link to a side (`#rust`) shows it, whatever was chosen.
  function follow() {
    var side = location.hash.slice(1);
    if (side === "python" || side === "rust") {
      show(side);
      document.getElementById(side).scrollIntoView();
    }
  }
  window.addEventListener("hashchange", follow);
  if (document.getElementById(location.hash.slice(1))) {
    follow();
  }

  function light(event) {
    document.querySelectorAll("figure.lit").forEach(function (figure) {
      figure.classList.remove("lit");
    });
    var link = event.target.closest && event.target.closest("a[href^='#']");
    var target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (target && target.matches("figure")) {
      target.classList.add("lit");
    }
  }
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
})();
