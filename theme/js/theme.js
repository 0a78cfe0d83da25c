// Sets the theme that the reader chose before anything is painted, and offers the choice.
(function () {
  "use strict";
  var THEMES = ["system", "light", "dark"];
  var root = document.documentElement;

  function stored() {
    try {
      return localStorage.getItem("theme");
    } catch (error) {
      return null; // Storage is refused: follow the system.
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

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("button.theme");
    var current = THEMES.indexOf(stored() || "system");
    function show() {
      button.textContent = "Theme: " + THEMES[current];
    }
    button.addEventListener("click", function () {
      current = (current + 1) % THEMES.length;
      apply(THEMES[current]);
      show();
      try {
        localStorage.setItem("theme", THEMES[current]);
      } catch (error) {
        // The choice holds for this page.
      }
    });
    current = Math.max(current, 0);
    show();
    button.hidden = false;
  });
})();
