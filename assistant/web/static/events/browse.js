// Every way through the shelves is a link; here it is followed without loading the page anew.
let asked = null; // the query on its way, or shown
let followed = null; // the link that asked for it

const show = () => {
  if (document.documentElement.dataset.view !== "browse" || location.search === asked) return;
  asked = location.search;
  trigger("show", { query: asked });
};

element.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  followed = link.dataset.go;
  history.pushState(null, "", link.getAttribute("href"));
  show();
});
document.addEventListener("room:view", show);
show();

// Where there is room for the columns at the sides, they are not folded.
const wide = matchMedia("(min-width: 1000px)");
const unfold = () => {
  if (wide.matches) for (const fold of element.querySelectorAll("details.fold:not([open])")) fold.open = true;
};
wide.addEventListener("change", unfold);

// The keyboard stays where it was; a shelf is gone to.
const goOn = () => {
  const link = element.querySelector(`[data-go="${CSS.escape(followed)}"]`);
  const goal = followed.startsWith("shelf:") ? null : link;
  followed = null;
  (goal ?? element.querySelector("#shelf-heading")).focus({ preventScroll: goal !== null });
};
new MutationObserver(() => {
  unfold();
  if (followed !== null && element.querySelector(".shelves-page")?.dataset.query === asked) goOn();
}).observe(element, { childList: true, subtree: true, attributeFilter: ["open"] });
