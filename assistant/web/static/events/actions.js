// One hidden part of the page hears every control that has `data-do`, or a question to ask, and hands it to the
// server with its data. What asks the assistant goes through one event, so that one answer arrives at a time: what is
// asked meanwhile waits for its end, the latest alone. `room:asking` and `room:answered` say when that is.
const ASKING = ["ask", "again", "narrow"];
const OTHERS = ["new_chat", "undo", "prefer", "language", "save", "verdict"];
const INSTEAD = ["again", "narrow", "undo", "new_chat"]; // of what is arriving, which then need not come to its end
const TYPED = { do: "typed" };
const SETTLED = 50; // milliseconds in which Gradio closes the stream that an answer came over
let arriving = ""; // what began last, of what has not ended: "asked", or "linked" by the page's address
let ending;
let last = "";
let waiting = null;

const act = (told) => {
  last = JSON.stringify(told);
  if (told === TYPED) document.querySelector("#ask").click();
  else trigger(ASKING.includes(told.do) ? "click" : told.do, told);
};
const wait = (told) => {
  waiting = told;
  if (INSTEAD.includes(told.do)) document.querySelector("#stop").click();
  else document.dispatchEvent(new Event("room:waits"));
};

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-do], [data-question]");
  if (!control) return;
  const told = { do: "ask", ...control.dataset };
  if ("edited" in told) told.understood = control.closest(".edit").querySelector("textarea").value;
  if (![...ASKING, ...OTHERS].includes(told.do)) return;
  if (event.detail > 1 && ASKING.includes(told.do) && JSON.stringify(told) === last) return; // a double click
  if (arriving && [...ASKING, ...INSTEAD].includes(told.do)) wait(told);
  else act(told);
});

const typed = (event) => event.target.matches?.("#question textarea");
const send = () => {
  if (arriving && document.querySelector("#question textarea").value.trim()) wait(TYPED);
};
// Heard on the way down, before Gradio hears the same and asks what need not wait.
document.addEventListener("click", (event) => {
  if (event.target.closest("#ask") && event.detail < 2) send();
}, true);
document.addEventListener("keydown", (event) => {
  const enter = event.key === "Enter" && !event.shiftKey && !event.isComposing && !event.repeat;
  if (enter && typed(event)) send();
}, true);
document.addEventListener("input", (event) => {
  if (waiting === TYPED && typed(event)) waiting = null; // not as it was when it was sent
});

document.addEventListener("room:asking", ({ detail }) => {
  if (detail === "linked" && !new URLSearchParams(location.search).has("q")) return; // there is nothing to ask
  clearTimeout(ending);
  arriving = detail;
  if (waiting === TYPED) waiting = null; // it is what is asked
});
document.addEventListener("room:answered", ({ detail }) => {
  if (detail !== arriving) return;
  ending = setTimeout(() => {
    arriving = "";
    const told = waiting;
    waiting = null;
    if (told) act(told);
  }, SETTLED);
});

// What is typed and not yet asked outlives a reload, as after the server was gone.
const DRAFT = "coop-assistant.draft";
addEventListener("pagehide", () => {
  try { sessionStorage.setItem(DRAFT, document.querySelector("#question textarea").value); } catch { /* not kept */ }
});
document.addEventListener("room:answered", ({ detail }) => {
  if (detail !== "linked") return; // before that, Gradio sets what it has itself
  let draft = null;
  try { draft = sessionStorage.getItem(DRAFT); } catch { /* none kept */ }
  const field = document.querySelector("#question textarea");
  if (!draft || field.value) return;
  field.value = draft;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
