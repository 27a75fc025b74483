// Passage cards where there is no hover, and without a mouse. With a mouse they need no script.
(() => {
  "use strict";
  const closeCards = (except) => {
    for (const card of document.querySelectorAll(".citation.open")) {
      if (card !== except) card.classList.remove("open");
    }
  };

  // The first tap on a number shows the passage, the second one opens the source.
  let touched = false;
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; }, true);

  document.addEventListener("click", (event) => {
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
})();
