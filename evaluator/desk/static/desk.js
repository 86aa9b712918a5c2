// What script adds: live progress, a place to drop files, and no second sending of a form. Every page works without it.
const EVERY = 2000;

function watch(place) {
  const state = place.querySelector("[data-desk-state]");
  let before = "";
  async function look() {
    if (!document.hidden) {
      try {
        const answer = await fetch(place.dataset.deskWork, { cache: "no-store" });
        const facts = await answer.json();
        if (!answer.ok || facts.state !== "running") {
          location.reload();
          return;
        }
        if (facts.said && facts.said !== before) {
          before = facts.said;
          state.textContent = `At work: ${facts.said}`;
        }
      } catch {
        state.textContent = "The desk does not answer. Start it again if it was stopped.";
      }
    }
    setTimeout(look, EVERY);
  }
  setTimeout(look, EVERY);
}

function dropInto(place) {
  const input = place.querySelector("input[type=file]");
  const words = document.createElement("p");
  words.className = "govuk-hint desk-drop__words";
  words.textContent = input.multiple ? "You can also drop files here." : "You can also drop a file here.";
  input.before(words);
  place.classList.add("desk-drop--ready");
  for (const kind of ["dragenter", "dragover"]) {
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      place.classList.add("desk-drop--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    place.addEventListener(kind, () => place.classList.remove("desk-drop--over"));
  }
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

document.querySelectorAll("[data-desk-work]").forEach(watch);
document.querySelectorAll("[data-desk-drop]").forEach(dropInto);

for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, EVERY);
  });
}

(document.querySelector(".govuk-error-summary") || document.querySelector(".govuk-notification-banner--success"))?.focus();
