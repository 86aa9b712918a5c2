// The check page: asks a worker, in which Python runs, to check this site or a bundle that the reader opens.
"use strict";
const own = document.getElementById("run-own");
const file = document.getElementById("file");
const drop = document.getElementById("drop");
const progress = document.getElementById("progress");
const result = document.getElementById("result");
let worker = null;

function busy(text) {
  progress.textContent = text;
  own.disabled = file.disabled = Boolean(text);
}

function ask(message) {
  result.hidden = true;
  busy("Loading Python, which takes a few seconds the first time …");
  worker ??= new Worker(new URL("check/worker.js", document.baseURI), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.progress) { busy(data.progress); return; }
    busy("");
    progress.textContent = data.agrees ? "Checked: it agrees." : "Checked: it does not agree. What was found stands below.";
    result.textContent = data.text;
    result.hidden = false;
    result.focus();
  };
  worker.onerror = () => { busy(""); progress.textContent = "The program that checks could not be loaded."; worker = null; };
  worker.postMessage(message);
}

async function open(chosen) {
  if (chosen) ask({ bundle: await chosen.arrayBuffer(), name: chosen.name });
}

if (location.protocol === "file:") {
  document.getElementById("served").hidden = false;
} else {
  own.disabled = file.disabled = false;
  own.addEventListener("click", () => ask({ site: new URL("./", document.baseURI).href }));
  file.addEventListener("change", () => { open(file.files[0]); file.value = ""; });
  for (const name of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop") open(event.dataTransfer.files[0]);
    });
  }
}
