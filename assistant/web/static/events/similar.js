// More like this, in place: a card's button opens a panel under it; its readings lead on, up to ten steps.
const STEPS = 10;
let ticket = 0;
let waiting = null;

const ask = (panel) => {
  waiting = { panel, ticket: ++ticket };
  const { trail, at } = panel;
  trigger("similar", { resource: trail[at], ticket: String(ticket), at: String(at), of: String(trail.length) });
};

const close = (panel) => {
  panel.button.setAttribute("aria-expanded", "false");
  panel.button.focus();
  panel.remove();
};

const open = (button) => {
  const card = button.closest("[data-reading]");
  const there = [...card.querySelectorAll(".trail")].find((panel) => panel.button === button);
  if (there) return close(there);
  const panel = document.createElement("div");
  panel.className = "trail";
  Object.assign(panel, { button, trail: [button.dataset.similar], at: 0 });
  button.setAttribute("aria-expanded", "true");
  button.closest(".links").after(panel);
  ask(panel);
};

const goOn = (panel, resource) => {
  panel.trail = [...panel.trail.slice(0, panel.at + 1), resource].slice(-STEPS - 1);
  panel.at = panel.trail.length - 1;
  ask(panel);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-similar], [data-step]");
  if (!button) return;
  const panel = button.closest(".trail");
  const { similar, step } = button.dataset;
  if (similar && panel) goOn(panel, similar);
  else if (similar) open(button);
  else if (step === "close") close(panel);
  else {
    panel.at += Number(step);
    ask(panel);
  }
});

new MutationObserver(() => {
  const found = element.querySelector(".steps");
  if (!found || !waiting || found.dataset.ticket !== String(waiting.ticket)) return;
  const { panel } = waiting;
  waiting = null;
  panel.replaceChildren(found.cloneNode(true));
  panel.querySelector("strong").focus({ preventScroll: true });
}).observe(element, { childList: true, subtree: true });
