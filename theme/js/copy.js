// Copy buttons: on code, not on output (what they copy is what is shown: no markers), and at
// headings and regions, where they copy a link.
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

  function button(label, name) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.setAttribute("aria-label", name);
    return made;
  }

  // Copies what `text` gives, and says so in the place of the button's name.
  function copies(made, text) {
    var label = made.textContent;
    made.addEventListener("click", function () {
      copy(text()).then(
        function () {
          tell("Copied");
        },
        function () {
          tell("Not copied");
        }
      );
    });
    function tell(result) {
      made.textContent = said.textContent = result;
      made.focus();
      setTimeout(function () {
        made.textContent = label;
        said.textContent = "";
      }, 2000);
    }
    return made;
  }

  function add(place, code, what) {
    var made = button("Copy", "Copy " + what);
    made.className = "copy";
    place.append(
      copies(made, function () {
        return code.textContent.replace(/\n*$/, "\n");
      })
    );
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

  // Links to a heading or region: the address where the site is published, if that is known.
  var entry = document.querySelector("article[data-review]");

  function address(id) {
    var canonical = document.querySelector("link[rel='canonical']");
    return (canonical ? canonical.href : location.href.split(/[?#]/)[0]) + "#" + id;
  }

  function markdown(id) {
    var title = document.querySelector("h1").textContent.trim();
    var url = address(id).replace(/\(/g, "%28").replace(/\)/g, "%29");
    return "[" + title.replace(/[\\`*_[\]<>&~]/g, "\\$&") + "](" + url + ")";
  }

  // As `counterpart link --format text`: 600 characters at most.
  function comment(id) {
    var text = "**" + markdown(id) + "**: " + entry.dataset.review;
    return text.length > 600 ? text.slice(0, 600).replace(/\s+\S*$/, "…") : text;
  }

  var open;

  function close() {
    if (open) {
      open.choice.hidden = true;
      open.button.setAttribute("aria-expanded", "false");
      open = undefined;
    }
  }

  function offer(after, id, name) {
    var opener = button("", "Copy a link to " + name);
    opener.className = "share";
    opener.setAttribute("aria-expanded", "false");
    var choice = document.createElement("div");
    choice.className = "links";
    choice.hidden = true;
    var forms = { Link: address, Markdown: markdown };
    if (entry) {
      forms.Comment = comment;
    }
    Object.keys(forms).forEach(function (form) {
      var made = button(form, "Copy " + form.toLowerCase() + ", " + name);
      choice.append(copies(made, forms[form].bind(undefined, id)));
    });
    opener.addEventListener("click", function () {
      var shut = choice.hidden;
      close();
      if (shut) {
        choice.hidden = false;
        opener.setAttribute("aria-expanded", "true");
        open = { button: opener, choice: choice };
      }
    });
    after.after(opener, choice);
  }

  function leave(event) {
    if (open && event.target !== open.button && !open.choice.contains(event.target)) {
      close();
    }
  }
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && open) {
      open.button.focus();
      close();
    }
  });

  document.querySelectorAll("main .anchor").forEach(function (anchor) {
    var name = anchor.parentNode.textContent.replace(/\s*#$/, "");
    offer(anchor, anchor.getAttribute("href").slice(1), name);
  });
  // The pairs of other pages stand there as examples.
  document.querySelectorAll("article[data-review] .pane-title a").forEach(function (link) {
    offer(link, link.getAttribute("href").slice(1), link.textContent);
  });
})();
