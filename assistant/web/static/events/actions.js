// One hidden part of the page hears every control that has `data-do` and hands it to the server, with its data.
const EVENTS = ["language"];
document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-do]");
  if (control && EVENTS.includes(control.dataset.do)) trigger(control.dataset.do, { ...control.dataset });
});
