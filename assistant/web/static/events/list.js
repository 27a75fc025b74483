// Shows the reading list, whenever it is seen or changes while it is seen.
const seen = () => document.documentElement.dataset.view === "list";
let asked = null;

document.addEventListener("room:list", (event) => {
  if (!seen()) return;
  const button = document.activeElement?.closest("#list [data-list]");
  asked = button ? { ...button.dataset } : null;
  trigger("show", { ...event.detail });
});
document.addEventListener("room:view", () => document.dispatchEvent(new Event("room:list?")));
document.dispatchEvent(new Event("room:list?"));

// What was done is heard, and the keyboard stays at the same button of the same reading.
const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("role", "status");
element.after(said);
new MutationObserver(() => {
  const done = element.querySelector(".done");
  if (done) said.textContent = done.firstElementChild.textContent;
  if (!asked) return;
  const { list, reading } = asked;
  asked = null;
  const same = [...element.querySelectorAll("[data-list]")].find((button) => {
    return button.dataset.list === list && button.dataset.reading === reading && !button.disabled;
  });
  (same ?? element.querySelector(".done button") ?? element.querySelector("h2"))?.focus();
}).observe(element, { childList: true, subtree: true });
