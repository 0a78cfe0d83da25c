// Keys, as in mdBook: arrows turn the page.
(function () {
  "use strict";

  function typing(element) {
    return element.isContentEditable || element.matches("input, textarea, select");
  }

  // Arrows belong to code that can be scrolled.
  function scrolls(element) {
    return element.matches("pre") && element.scrollWidth > element.clientWidth;
  }

  document.addEventListener("keydown", function (event) {
    var element = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || typing(element)) {
      return;
    }
    var turn = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    var link = turn && !scrolls(element) && document.querySelector(".turn a[rel='" + turn + "']");
    if (link) {
      location.href = link.href;
    }
  });
})();
