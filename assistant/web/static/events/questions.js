// Runs once in each part of the conversation: a click on a question that stands on the page asks it.
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-question]");
  if (button) trigger("click", { question: button.dataset.question });
});
