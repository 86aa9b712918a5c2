"""A page with everything that our templates use, and with words that would be commands elsewhere."""

from evaluator.files.write.forms.blocks import Page
from evaluator.files.write.forms.pdf import set_pdf
from evaluator.files.write.forms.typst_source import typst_source

HOSTILE = """#panic("no") = not a heading *b* _i_ `c` $x$ \\ "quoted" </w:t> {{ jinja }} @ref <label> // comment"""
PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>A page – of all</title><style>p { color: red }</style></head>
<body><a class="skip" href="#content">Skip to the content</a>
<header><p>Authority</p><h1>A page</h1></header>
<nav class="contents"><h2>On this page</h2><ol><li><a href="#x">X</a></li></ol></nav>
<main id="content">
<p class="lead">First <strong>bold</strong> and <em>slanted</em>,
   and <a href="https://example.org/a?b=1&amp;c=2">a link</a>.</p>
<p class="status good">All is well.</p>
<h2 id="x">Lists</h2>
<ul><li>one</li><li><p>two</p><ul><li>inner</li></ul></li></ul>
<ol><li>first</li><li>second</li></ol><p>between</p><ol><li>again first</li></ol>
<dl class="facts"><dt>Seal</dt><dd><code>abc</code>, 1 May</dd><dt>Run</dt><dd>run-1</dd></dl>
<h4>Too deep</h4>
<figure><figcaption>Money</figcaption>
<p class="note"><svg aria-hidden="true"><rect width="13" height="11" fill="#1d3557"/></svg> awarded</p>
<svg role="img" viewBox="0 0 200 50" width="200" height="50"><title>Money</title><desc>One bar &amp; a word.</desc>
<rect x="0" y="0" width="100" height="20" fill="#1d3557"/><text x="5" y="40" font-size="12">£5</text></svg></figure>
<div class="scroll"><table><caption>Numbers</caption>
<thead><tr><th scope="col" rowspan="2">Bid</th><th scope="colgroup" colspan="2">Points</th></tr>
<tr><th scope="col" class="n">Got</th><th scope="col" class="n">Of</th></tr></thead>
<tbody><tr><th scope="row">B1</th><td class="n">12.50</td><td class="n">20</td></tr>
<tr><th scope="row" rowspan="2">B2</th><td class="n">0</td><td>text<br><span class="soft">soft</span></td></tr>
<tr><td>a</td><td>b</td></tr></tbody>
<tfoot><tr><th scope="row">All</th><td class="n">12.50</td><td></td></tr></tfoot></table></div>
<details><summary>More</summary><p>Hidden until opened. HOSTILE</p></details>
</main><footer><h2>About this document</h2><p>Loose</p>tail</footer></body></html>
"""


def page(words: str = "") -> str:
    """Give the page with some words of a bidder in it."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return PAGE.replace("HOSTILE", safe)


def pdf_bytes(page: Page) -> bytes:
    return set_pdf(typst_source(page), page)
