// The reading list: ids in this browser, filled from any card. The view hears `room:list` and shows them.
(() => {
  "use strict";
  const KEY = "coop-assistant.list";
  const MOST = 500;
  let ids = [];
  let before = null; // the list before the last thing that was taken off

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      ids = Array.isArray(kept) ? [...new Set(kept.filter((id) => typeof id === "string"))].slice(0, MOST) : [];
    } catch { /* nothing is kept, or nothing that is a list: what this page knows stays */ }
  };

  const tell = (done = "", id = "") => {
    document.dispatchEvent(new CustomEvent("room:list", { detail: { ids: ids.join("\n"), done, id } }));
  };

  const change = (now, done, id = "") => {
    before = done === "removed" || done === "cleared" ? ids : null;
    ids = now;
    try { localStorage.setItem(KEY, JSON.stringify(ids)); } catch { /* not kept, still shown */ }
    mark();
    tell(done, id);
  };

  // Cards arrive with every answer; each says whether its reading is kept.
  const mark = () => {
    for (const button of document.querySelectorAll("[data-keep]")) {
      const kept = ids.includes(button.dataset.keep);
      if (button.getAttribute("aria-pressed") === String(kept)) continue;
      button.setAttribute("aria-pressed", String(kept));
      button.querySelector("[data-label]").textContent = kept ? button.dataset.keptLabel : button.dataset.keepLabel;
    }
    const count = document.querySelector("[data-list-count]");
    const text = ids.length ? `(${ids.length})` : "";
    if (count && count.textContent !== text) count.textContent = text;
  };

  const move = (id, by) => {
    const from = ids.indexOf(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= ids.length) return;
    const now = [...ids];
    now.splice(to, 0, ...now.splice(from, 1));
    change(now, "moved", id);
  };

  const without = (some) => ids.filter((id) => !some.includes(id));
  const doing = {
    up: (id) => move(id, -1),
    down: (id) => move(id, 1),
    remove: (id) => change(without([id]), "removed", id),
    forget: (gone) => change(without(gone.split("\n")), ""),
    clear: () => change([], "cleared"),
    undo: () => { if (before) change(before, "restored"); },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-keep], [data-list]");
    if (!button) return;
    read(); // another tab may have changed it
    const { keep, list, reading = "" } = button.dataset;
    if (list) doing[list](reading);
    else if (ids.includes(keep)) change(without([keep]), "removed", keep);
    else if (ids.length < MOST) change([...ids, keep], "kept", keep);
  });
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    read();
    mark();
    tell();
  });
  document.addEventListener("room:list?", () => tell());

  // Reference managers look for readings again when the page has new ones.
  let found = 0;
  const cite = () => {
    const now = document.querySelectorAll(".Z3988").length;
    if (now !== found) document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
    found = now;
  };

  read();
  const start = () => {
    let waiting = false;
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); cite(); });
    }).observe(document.body, { childList: true, subtree: true });
    mark();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
