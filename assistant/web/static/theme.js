// Dark or light, as the reader's system says or the reader chose; the choice outlives the visit.
(() => {
  "use strict";
  const THEME = "coop-assistant.theme";
  const recall = () => { try { return localStorage.getItem(THEME); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem(THEME, theme); } catch { /* not kept, still switched */ } };

  const wear = () => {
    const theme = recall();
    if (theme) document.body.classList.toggle("dark", theme === "dark");
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-action=theme]")) return;
    remember(document.body.classList.contains("dark") ? "light" : "dark");
    wear();
  });

  const start = () => {
    wear();
    new MutationObserver(wear).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
