// Exchanges that are over. Each comes once, when the next question is asked, and takes the place of those that
// were shown from its number on; all of them come when the page is opened or changes its language.
const show = () => {
  const given = document.createElement("template");
  given.innerHTML = props.value ?? "";
  const section = given.content.firstElementChild;
  const first = Number(section?.dataset.first ?? 0);
  const shown = element.querySelector(".past");
  if (shown && first > 0) {
    for (const exchange of [...shown.children]) if (Number(exchange.dataset.number) >= first) exchange.remove();
    shown.append(...section.children);
    if (!shown.children.length) shown.remove();
  } else if (section?.children.length) {
    element.replaceChildren(section);
  } else {
    element.replaceChildren();
  }
};
watch("value", show);
show();
