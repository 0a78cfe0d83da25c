// Sets what the reader chose before anything is painted: the theme, and the side of the pairs
// that a narrow screen shows. Offers the choice of the theme.
(function () {
  "use strict";
  var THEMES = ["system", "light", "dark"];
  var root = document.documentElement;

  function stored(key) {
    try {
      return localStorage.getItem(key);
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

  apply(stored("theme"));
  // Also tells the style sheet that scripts run.
  root.dataset.side = stored("side") === "rust" ? "rust" : "python";

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("button.theme");
    var current = Math.max(THEMES.indexOf(stored("theme")), 0);
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
    show();
    button.hidden = false;
  });
})();
