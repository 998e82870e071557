// Loads the page again when the preview shows another moment than the one that the page is of.
// Only the page that is looked at listens: browsers open few connections to one host.
(() => {
  const shown = document.currentScript.dataset.shown;
  let source = null;
  const listen = () => {
    if (document.hidden || document.prerendering) {
      if (source) source.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/_mujaz/events?shown=" + encodeURIComponent(shown));
      source.addEventListener("changed", () => {
        source.close();
        location.reload();
      });
    }
  };
  document.addEventListener("visibilitychange", listen);
  document.addEventListener("prerenderingchange", listen);
  addEventListener("pagehide", () => {
    if (source) source.close();
    source = null;
  });
  addEventListener("pageshow", listen);
  listen();
})();
