// Sets the theme that the reader chose before anything is painted, and offers the choice.
(function () {
  "use strict";
  var root = document.documentElement;
  function stored() {
    try {
      return localStorage.getItem("theme");
    } catch (error) {
      return null;
    }
  }
  function apply(theme) {
    if (theme === "light" || theme === "dark") {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
  }
  apply(stored());
})();
