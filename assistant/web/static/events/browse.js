// Every way through the shelves is a link; here it is followed without loading the page anew.
let shown = null;
let followed = null;

const show = () => {
  if (document.documentElement.dataset.view !== "browse" || location.search === shown) return;
  shown = location.search;
  trigger("show", { query: shown });
};

element.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  followed = link.dataset.go;
  history.pushState(null, "", link.getAttribute("href"));
  show();
});

// Where there is room for the columns at the sides, they are not folded.
const wide = matchMedia("(min-width: 1000px)");
const unfold = () => {
  for (const fold of element.querySelectorAll("details.fold")) fold.open = wide.matches;
};
wide.addEventListener("change", unfold);

// The keyboard stays where it was; a shelf is gone to.
new MutationObserver(() => {
  unfold();
  if (followed === null) return;
  const key = followed.startsWith("shelf:") ? null : followed;
  followed = null;
  const goal = key ? element.querySelector(`[data-go="${CSS.escape(key)}"]`) : null;
  (goal ?? element.querySelector("#shelf-heading"))?.focus({ preventScroll: goal !== null });
}).observe(element, { childList: true, subtree: true });

document.addEventListener("room:view", show);
show();
