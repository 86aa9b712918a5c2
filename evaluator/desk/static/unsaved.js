// Leaving a page with something typed and not saved asks first.
for (const form of document.querySelectorAll("form.desk-agree, form.desk-asks")) {
  let changed = false;
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
