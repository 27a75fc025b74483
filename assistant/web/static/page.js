// What a conversation does in the browser alone: scroll to the question, change how it is understood, copy, print.
(() => {
  "use strict";

  // A new question goes to the top of the window, so that its answer has room below it.
  let searching = false;
  const follow = () => {
    const now = document.querySelector("#current .searching") !== null;
    if (now && !searching) {
      requestAnimationFrame(() => document.querySelector("#current .asked")?.scrollIntoView({ block: "start" }));
      if (location.search.includes("q=")) history.replaceState(null, "", location.pathname); // asked: a reload shows it
    }
    searching = now;
  };

  // The document speaks the language of its head.
  const speak = () => {
    const head = document.querySelector(".masthead");
    if (!head || document.documentElement.lang === head.dataset.language) return;
    document.documentElement.lang = head.dataset.language;
    document.title = head.dataset.title;
  };

  // What the page has to say besides: seen for a while, and heard. Nothing else is said while the server is gone.
  let quiet;
  let lost = false;
  const say = (message) => {
    const said = document.querySelector("#said");
    clearTimeout(quiet);
    said.textContent = lost ? document.querySelector(".masthead")?.dataset.gone : message;
    if (!lost) quiet = setTimeout(() => { said.textContent = ""; }, 6000);
  };

  // Gradio's own notices are hidden: what they are about is said in the page's words. It tries again by itself.
  let wrong = false;
  const notice = () => {
    const toast = document.querySelector(".toast-body.error");
    if (Boolean(toast) === wrong) return;
    wrong = Boolean(toast);
    lost = wrong && toast.textContent.includes("Connection");
    say(wrong ? document.querySelector(".masthead")?.dataset.broken : "");
    if (wrong && !lost) toast.querySelector("button").click();
  };

  document.addEventListener("room:waits", () => say(document.querySelector(".masthead").dataset.waits));

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // an address that is neither https nor this machine
      const field = document.body.appendChild(document.createElement("textarea"));
      field.value = text;
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  const save = ({ file, type, text }) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  let told;
  const hear = () => {
    const now = document.querySelector("#told [data-say]");
    if (now === told) return;
    told = now;
    if (!now) return;
    if (now.dataset.file) save(now.dataset);
    say(now.dataset.say);
  };

  // Beside an answer readings are whole; after it, on a narrow screen, a line each.
  const unfold = () => {
    const roomy = matchMedia("(min-width: 1000px)").matches;
    for (const details of document.querySelectorAll("details[data-roomy]")) {
      delete details.dataset.roomy;
      details.open = roomy;
    }
  };

  // Folds that the reader has opened stay open when their part of the page comes anew.
  const opened = new Set();
  const fold = () => {
    for (const details of document.querySelectorAll("details[data-fold]:not([data-seen])")) {
      details.dataset.seen = "";
      if (opened.has(details.dataset.fold)) details.open = true;
    }
  };
  document.addEventListener("toggle", (event) => {
    const { fold: name } = event.target.dataset;
    if (!name || !event.target.isConnected) return;
    if (event.target.open) opened.add(name);
    else opened.delete(name);
  }, true);

  const edit = (button) => {
    const exchange = button.closest(".exchange");
    const form = exchange.querySelector(".edit");
    form.hidden = !form.hidden;
    const pen = exchange.querySelector(".pen");
    pen.setAttribute("aria-expanded", String(!form.hidden));
    (form.hidden ? pen : form.querySelector("textarea")).focus();
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest(".skip")) {
      event.preventDefault();
      return document.querySelector("#question textarea").focus();
    }
    const button = event.target.closest("button");
    if (!button) return;
    const { dataset } = button;
    if ("edit" in dataset) edit(button);
    else if ("print" in dataset) print();
    else if ("copy" in dataset) copy(dataset.copy).then(() => say(dataset.said));
    else if ("share" in dataset) copy(location.origin + location.pathname + dataset.share).then(() => say(dataset.said));
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".edit");
    if (!form) return;
    if (event.key === "Escape") edit(form);
    if (event.key === "Enter" && !event.shiftKey && event.target.tagName === "TEXTAREA") {
      event.preventDefault();
      form.querySelector("[data-edited]").click();
    }
  });

  const start = () => {
    const said = document.body.appendChild(document.createElement("div"));
    said.id = "said";
    said.setAttribute("role", "status");
    const changed = () => { follow(); speak(); hear(); fold(); unfold(); notice(); };
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
    changed();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
