// Shows the reading list, whenever it is seen or changes while it is seen.
let ticket = 0; // of the latest request: what is on its way belongs to it
let pressed = null;

document.addEventListener("room:list", (event) => {
  if (document.documentElement.dataset.view !== "list") return;
  const button = document.activeElement?.closest("#list [data-list]");
  pressed = button ? { ...button.dataset } : null;
  trigger("show", { ...event.detail, ticket: String(++ticket) });
});
document.addEventListener("room:view", () => document.dispatchEvent(new Event("room:list?")));
document.dispatchEvent(new Event("room:list?"));

// What was done is heard, and the keyboard stays at the same button of the same reading, or goes to the undoing.
const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("role", "status");
element.after(said);

const arrived = () => {
  said.textContent = element.querySelector(".done span")?.textContent ?? "";
  if (!pressed) return;
  const same = [...element.querySelectorAll("[data-list]:enabled")].find(({ dataset }) => {
    return dataset.list === pressed.list && dataset.reading === pressed.reading;
  });
  (same ?? element.querySelector(".done button") ?? element.querySelector("h2")).focus();
};
let last = 0;
new MutationObserver(() => {
  const now = Number(element.querySelector(".list-page")?.dataset.ticket);
  if (now !== ticket || now === last) return;
  last = now;
  arrived();
}).observe(element, { childList: true, subtree: true });
