// Search, as far as every page needs it: opens the dialog, and loads the rest when somebody is
// about to type.
(function () {
  "use strict";
  var root = new URL("..", document.currentScript.src).href;
  var dialog = document.querySelector("dialog");
  var field = document.querySelector(".search input");
  var loading = false;

  function load() {
    if (loading) {
      return;
    }
    loading = true;
    ["search-reader.js", "search-index.js"].forEach(function (name) {
      var script = document.createElement("script");
      script.async = false; // In this order.
      script.src = root + "assets/" + name;
      script.addEventListener("error", function () {
        document.querySelector(".search .found").textContent = "The search could not be loaded.";
      });
      document.head.append(script);
    });
  }

  function open() {
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
    field.focus();
    field.select();
  }

  document.addEventListener("keydown", function (event) {
    var typing = event.target.matches("input, textarea, select") || event.target.isContentEditable;
    var shortcut = event.ctrlKey || event.metaKey ? event.key === "k" : ["s", "/"].includes(event.key);
    if (event.altKey || !shortcut || (typing && event.key !== "k")) {
      return;
    }
    event.preventDefault();
    open();
  });
  document.querySelector("a.find").addEventListener("click", function (event) {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open();
    }
  });
  field.addEventListener("focus", load);

  var query = new URLSearchParams(location.search).get("q");
  if (query) {
    field.value = query;
    open();
  }
})();
