// Python in the browser (Pyodide), away from the page, so that the page stays usable while it works.
import { loadPyodide } from "../pyodide/pyodide.mjs";

const RUN = `
import contextlib, io, runpy, sys
out = io.StringIO()
sys.argv = arguments
code = 0
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
    try:
        runpy.run_path(arguments[0], run_name="__main__")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else (0 if end.code is None else 1)
        if isinstance(end.code, str):
            print(end.code)
(code, out.getvalue())
`;
const here = new URL("./", import.meta.url);
const VERIFY = ["", "_method", "_quality", "_marks", "_figures", "_stages", "_choice", "_evidence", "_inputs", "_shown", "_paper"].map((part) => `verify${part}.py`);
const FILES = [...VERIFY, "check_site.py"];
let python = null;

async function bytes(address) {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${address} is not there`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function start() {
  const made = await loadPyodide({ indexURL: new URL("../pyodide/", here).href });
  made.FS.mkdir("/check");
  for (const name of FILES) {
    made.FS.writeFile(`/check/${name}`, await bytes(new URL(name, here)));
  }
  return made;
}

function write(path, content) {
  const parts = path.split("/").slice(0, -1);
  parts.reduce((above, part) => { const at = `${above}/${part}`; if (part) try { python.FS.mkdir(at); } catch { /* it is there */ } return part ? at : above; }, "");
  python.FS.writeFile(path, content);
}

function run(...line) {
  python.globals.set("arguments", python.toPy(line));
  const told = python.runPython(RUN);
  const [code, text] = told.toJs();
  told.destroy();
  return { agrees: code === 0, text };
}

async function checkSite(address) {
  const listed = JSON.parse(new TextDecoder().decode(await bytes(new URL("site.json", address))));
  write("/site/site.json", new TextEncoder().encode(JSON.stringify(listed)));
  for (const name of Object.keys(listed.files)) {
    try { write(`/site/${name}`, await bytes(new URL(name.split("/").map(encodeURIComponent).join("/"), address))); } catch { /* told of as missing */ }
  }
  return run("/check/check_site.py", "/site");
}

onmessage = async ({ data }) => {
  try {
    python ??= await start();
    postMessage({ progress: "Checking …" });
    if (data.site) { postMessage(await checkSite(data.site)); return; }
    python.FS.writeFile("/check/bundle.zip", new Uint8Array(data.bundle));
    postMessage(run("/check/verify.py", "/check/bundle.zip"));
  } catch (error) {
    postMessage({ agrees: false, text: `It could not be checked: ${error.message}` });
  }
};
