// Lets the reader choose a colour scheme. Without this file the page follows the system, by CSS
// alone. It runs before the first paint, so that a chosen scheme never flashes in late.
(function () {
  "use strict";
  var KEY = "mujaz-scheme";
  var ORDER = ["system", "default", "slate"]; // the last two are Material's names for light and dark
  var root = document.documentElement;

  function stored() {
    try {
      var scheme = localStorage.getItem(KEY);
      return ORDER.indexOf(scheme) > 0 ? scheme : "system";
    } catch (error) {
      return "system"; // storage may be forbidden: the choice then lasts for one page
    }
  }

  function apply(scheme) {
    if (scheme === "system") root.removeAttribute("data-md-color-scheme");
    else root.setAttribute("data-md-color-scheme", scheme);
  }

  // A scheme fixed in the configuration leaves nothing to choose.
  if (root.hasAttribute("data-md-color-scheme")) return;

  var scheme = stored();
  root.classList.add("js");
  apply(scheme);

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".scheme");
    if (!button) return;
    var name = button.querySelector(".scheme-name");

    function show() {
      apply(scheme);
      name.textContent = button.getAttribute("data-" + scheme);
    }

    show();
    button.addEventListener("click", function () {
      scheme = ORDER[(ORDER.indexOf(scheme) + 1) % ORDER.length];
      try {
        if (scheme === "system") localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, scheme);
      } catch (error) {
        // see stored()
      }
      show();
    });
    // Another tab chose.
    addEventListener("storage", function (event) {
      if (event.key === KEY || event.key === null) {
        scheme = stored();
        show();
      }
    });
  });
})();

// Hands an article's address to the system's own share menu, or where there is none, copies it.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector(".share");
    if (!button || !(navigator.share || navigator.clipboard)) return;
    if (navigator.share) button.textContent = button.getAttribute("data-share");
    button.hidden = false;
    button.addEventListener("click", function () {
      if (navigator.share) {
        navigator.share({ title: document.title, url: location.href }).catch(function () {
          // the reader thought better of it
        });
        return;
      }
      navigator.clipboard.writeText(location.href).then(function () {
        document.querySelector(".shared").textContent = button.getAttribute("data-done");
      });
    });
  });
})();
