// Added by `counterpart serve` only: loads the page again when it was built again, and shows
// what is wrong while a build is refused.
(function () {
  "use strict";
  var seen;

  function show(problems) {
    var banner = document.getElementById("problems");
    if (banner) {
      banner.remove();
    }
    if (!problems) {
      return;
    }
    if (!document.querySelector("link[href='/.counterpart/reload.css']")) {
      var style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = "/.counterpart/reload.css";
      document.head.append(style);
    }
    banner = document.createElement("section");
    banner.id = "problems";
    banner.setAttribute("role", "alert");
    var title = document.createElement("strong");
    title.textContent = "Not built again: this page is older than the files.";
    var text = document.createElement("pre");
    text.textContent = problems;
    banner.append(title, text);
    document.body.append(banner);
  }

  new EventSource("/.counterpart/events").onmessage = function (event) {
    var message = JSON.parse(event.data);
    if (seen !== undefined && message.version !== seen) {
      location.reload();
    }
    seen = message.version;
    show(message.problems);
  };
})();
