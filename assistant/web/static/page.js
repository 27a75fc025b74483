// The little that the page does by itself: dark or light, passage cards on a touch screen, and the scroll position.
(() => {
  "use strict";
  const THEME = "coop-assistant.theme";
  const recall = () => { try { return localStorage.getItem(THEME); } catch { return null; } };
  const remember = (theme) => { try { localStorage.setItem(THEME, theme); } catch { /* not kept, still switched */ } };

  const wear = () => {
    const theme = recall();
    if (theme) document.body.classList.toggle("dark", theme === "dark");
  };

  const switchTheme = () => {
    const dark = !document.body.classList.contains("dark");
    remember(dark ? "dark" : "light");
    wear();
  };

  const closeCards = (except) => {
    for (const card of document.querySelectorAll(".citation.open")) {
      if (card !== except) card.classList.remove("open");
    }
  };

  // Touch has no hover: the first tap on a number shows the passage, the second one opens the source.
  let touched = false;
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-action=theme]")) return switchTheme();
    const citation = event.target.closest(".citation");
    closeCards(citation);
    const number = event.target.closest(".citation > .number");
    if (!number) return;
    const first = !citation.classList.contains("open");
    if (number.tagName === "BUTTON") citation.classList.toggle("open");
    else if (touched && first) {
      event.preventDefault();
      citation.classList.add("open");
      citation.querySelector(".card").scrollIntoView({ block: "nearest" });
    } else if (event.detail) number.blur(); // clicked by a mouse: the card goes when the mouse does
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    closeCards();
    const citation = event.target.closest(".citation");
    if (citation) citation.classList.add("dismissed");
    document.querySelectorAll(".citation:hover").forEach((hovered) => hovered.classList.add("dismissed"));
  });
  for (const moving of ["focusout", "pointerover"]) {
    document.addEventListener(moving, (event) => {
      const citation = event.target.closest?.(".citation.dismissed");
      if (citation && !citation.contains(event.relatedTarget)) citation.classList.remove("dismissed");
    });
  }

  // A new question goes to the top of the window, so that its answer has room below it.
  const showQuestion = () => document.querySelector("#current .asked")?.scrollIntoView({ block: "start" });
  let searching = false;
  const follow = () => {
    const now = document.querySelector("#current .searching") !== null;
    if (now && !searching) requestAnimationFrame(showQuestion);
    searching = now;
  };

  const start = () => {
    wear();
    new MutationObserver(wear).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    new MutationObserver(follow).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
