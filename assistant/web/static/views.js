// One view at a time, named in the address: `?view=browse`. `document` hears `room:view` when one is shown.
(() => {
  "use strict";
  const VIEWS = ["ask", "browse", "map", "list"];

  const show = (view) => {
    document.documentElement.dataset.view = view;
    mark();
    document.dispatchEvent(new CustomEvent("room:view", { detail: { view } }));
  };

  const fromAddress = () => {
    const view = new URLSearchParams(location.search).get("view");
    return VIEWS.includes(view) ? view : "ask";
  };

  // The navigation arrives later than this script, and anew with each language.
  const mark = () => {
    for (const link of document.querySelectorAll("nav [data-view]")) {
      if (link.dataset.view === document.documentElement.dataset.view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const view = link.dataset.view;
    if (view === document.documentElement.dataset.view) return;
    history.pushState(null, "", view === "ask" ? location.pathname : `?view=${view}`);
    show(view);
    scrollTo(0, 0);
  });
  addEventListener("popstate", () => show(fromAddress()));

  show(fromAddress());
  const start = () => new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
