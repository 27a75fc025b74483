// One hidden part of the page hears every control that has `data-do`, or a question to ask, and hands it to the
// server with its data. What asks the assistant goes through one event, so that one answer arrives at a time.
const ASKING = ["ask", "again", "narrow"];
const OTHERS = ["new_chat", "undo", "prefer", "language", "save", "verdict"];
document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-do], [data-question]");
  if (!control) return;
  const told = { do: "ask", ...control.dataset };
  if ("edited" in told) told.understood = control.closest(".edit").querySelector("textarea").value;
  if (ASKING.includes(told.do)) trigger("click", told);
  else if (OTHERS.includes(told.do)) trigger(told.do, told);
});
