// Copy buttons: on code, not on output. What they copy is what is shown: no markers.
(function () {
  "use strict";
  var said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.append(said);

  // Where the clipboard is refused, as on a plain HTTP host: the way of older browsers.
  function select(text) {
    var area = document.createElement("textarea");
    area.className = "unseen";
    area.value = text;
    document.body.append(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function copy(text) {
    if (!navigator.clipboard) {
      return select(text);
    }
    return navigator.clipboard.writeText(text).catch(function () {
      return select(text);
    });
  }

  function add(place, code, what) {
    var button = document.createElement("button");
    button.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy " + what);
    button.addEventListener("click", function () {
      copy(code.textContent.replace(/\n*$/, "\n")).then(
        function () {
          tell("Copied");
        },
        function () {
          tell("Not copied");
        }
      );
    });
    function tell(text) {
      button.textContent = said.textContent = text;
      button.focus();
      setTimeout(function () {
        button.textContent = "Copy";
        said.textContent = "";
      }, 2000);
    }
    place.append(button);
  }

  document.querySelectorAll(".pane:is(.python, .rust)").forEach(function (pane) {
    var code = pane.querySelector("pre");
    add(pane.querySelector(".pane-title"), code, code.getAttribute("aria-label"));
  });
  document.querySelectorAll(".program").forEach(function (program) {
    var code = program.querySelector("pre");
    add(program.querySelector(".download"), code, code.getAttribute("aria-label"));
  });
  document.querySelectorAll(".copyable").forEach(function (place) {
    var code = place.querySelector("pre");
    add(place, code, code.getAttribute("aria-label"));
  });
})();
