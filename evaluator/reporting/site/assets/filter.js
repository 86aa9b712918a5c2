// Search and filters over the list of awards. Without this script the whole list stands there.
"use strict";
const form = document.getElementById("filters");
const shown = document.getElementById("shown");
const rows = Array.from(document.querySelectorAll(".awards > li"));
const fields = ["words", "theme", "ward", "group", "size"].map((id) => document.getElementById(id)).filter(Boolean);
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP", maximumFractionDigits: 2, minimumFractionDigits: 0 });

function value(id) {
  const field = document.getElementById(id);
  return field ? field.value : "";
}

function fits(row) {
  const words = plain(value("words")).split(/\s+/).filter(Boolean);
  const holds = (name, wanted) => !wanted || row.dataset[name].split("|").includes(wanted);
  return words.every((word) => texts.get(row).includes(word)) && holds("theme", value("theme"))
    && holds("wards", value("ward")) && holds("groups", value("group")) && holds("size", value("size"));
}

function show() {
  const kept = rows.filter((row) => { row.hidden = !fits(row); return !row.hidden; });
  for (const section of document.querySelectorAll("main section")) {
    const its = section.querySelectorAll(".awards > li");
    section.hidden = its.length > 0 && Array.from(its).every((row) => row.hidden);
  }
  const pence = kept.reduce((sum, row) => sum + Number(row.dataset.pence), 0);
  shown.textContent = `${kept.length} of ${rows.length} awards, ${pounds.format(pence / 100)}`;
  const chosen = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.id, field.value]));
  history.replaceState(null, "", chosen.size ? `#${chosen}` : location.pathname + location.search);
}

for (const [id, text] of new URLSearchParams(location.hash.slice(1))) {
  const field = document.getElementById(id);
  if (field && fields.includes(field)) field.value = text;
}
form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(show));
show();
