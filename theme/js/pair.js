// Pairs: on a narrow screen tabs choose the side, for all pairs at once and for the next visit;
// a region and every link to it light it on both sides, in the whole programs as well.
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

  // The fragment of the region that an element shows or leads to.
  function region(element) {
    var part = element.closest("a[href^='#'], .region, figure");
    return part ? part.getAttribute("href") || "#" + (part.dataset.region || part.id) : "#";
  }

  // Lights a region wherever it stands: in its figure and in both whole programs.
  function light(event) {
    var name = event.target.closest ? region(event.target).slice(1) : "";
    document.querySelectorAll("figure[id], .region").forEach(function (part) {
      part.classList.toggle("lit", name !== "" && (part.id || part.dataset.region) === name);
    });
  }
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
})();
