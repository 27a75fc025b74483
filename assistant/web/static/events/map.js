// The map: a card for the sign under the mouse or the keyboard, and a way from sign to sign with the arrow keys.
// The card is the reading's entry in the list below the map, shown beside its sign.
const shown = () => document.documentElement.dataset.view === "map";
let asked = false;
const show = () => {
  if (!shown() || asked) return;
  asked = true;
  trigger("show");
};
document.addEventListener("room:view", show);
show();

const signs = () => [...element.querySelectorAll(".sign")];
let current = null;
let leaving;

const hide = () => {
  element.querySelector(".map-card").hidden = true;
  current?.classList.remove("current");
  current = null;
};

const open = (sign) => {
  clearTimeout(leaving);
  if (sign === current) return;
  current?.classList.remove("current");
  current = sign;
  sign.classList.add("current");
  const frame = element.querySelector(".map-frame");
  const card = element.querySelector(".map-card");
  const entry = element.querySelector(`.map-list [data-reading="${CSS.escape(sign.dataset.at)}"]`);
  const list = document.createElement("ul");
  list.append(entry.cloneNode(true));
  card.replaceChildren(list);
  card.hidden = false;
  const [at, around] = [sign.getBoundingClientRect(), frame.getBoundingClientRect()];
  const [x, y] = [at.left + at.width / 2 - around.left, at.top - around.top];
  const left = Math.max(0, Math.min(x - card.offsetWidth / 2, around.width - card.offsetWidth));
  const above = y - card.offsetHeight - 4;
  card.style.left = `${left}px`;
  card.style.top = `${above > -80 ? above : y + at.height + 4}px`;
};

const leave = () => { leaving = setTimeout(hide, 250); };
element.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const sign = event.target.closest(".sign");
  if (sign) open(sign);
  else if (event.target.closest(".map-card")) clearTimeout(leaving);
  else if (current && !element.querySelector(".plan").contains(document.activeElement)) leave();
});
element.addEventListener("focusin", (event) => {
  const sign = event.target.closest(".sign");
  if (!sign) return;
  for (const other of signs()) other.setAttribute("tabindex", other === sign ? "0" : "-1");
  open(sign);
});
element.addEventListener("focusout", (event) => {
  if (!event.relatedTarget?.closest?.(".plan, .map-card") && current) leave();
});

// Touch has no hover: the first tap on a sign shows its card, the second one opens the reading.
let touched = false;
let before = null;
element.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch";
  before = current;
}, true);
element.addEventListener("click", (event) => {
  const sign = event.target.closest(".sign");
  if (sign && touched && sign !== before) {
    event.preventDefault();
    open(sign);
  } else if (!sign && !event.target.closest(".map-card") && current) hide();
  const topic = event.target.closest("[data-topic]");
  if (topic) only(topic);
});

const only = (button) => {
  const chosen = button.getAttribute("aria-pressed") === "true" ? null : button.dataset.topic;
  for (const other of element.querySelectorAll("[data-topic]")) {
    other.setAttribute("aria-pressed", String(other.dataset.topic === chosen));
  }
  for (const sign of signs()) {
    sign.classList.toggle("faint", chosen !== null && !sign.dataset.topics.split("|").includes(chosen));
  }
};

// The nearest sign in the direction of the arrow; what lies aside counts double.
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const next = (from, [dx, dy]) => {
  const centre = (sign) => {
    const { e, f } = sign.transform.baseVal[0].matrix;
    return [e, f];
  };
  const [x, y] = centre(from);
  let best = null;
  let least = Infinity;
  for (const sign of signs()) {
    const [along, aside] = [(centre(sign)[0] - x) * dx + (centre(sign)[1] - y) * dy,
      (centre(sign)[0] - x) * dy + (centre(sign)[1] - y) * dx];
    const far = along + 2 * Math.abs(aside);
    if (along > 0.5 && far < least) [best, least] = [sign, far];
  }
  return best;
};
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && current) hide();
  const sign = event.target.closest(".sign");
  if (!sign || !(event.key in WAYS)) return;
  event.preventDefault();
  next(sign, WAYS[event.key])?.focus();
});
