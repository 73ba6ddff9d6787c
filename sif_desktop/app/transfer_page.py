"""The transfer sheet as one web page that needs nothing else: no network, no other file.

All of it is in the page: style and script stand in it, and a policy allows exactly those two and
nothing more, so that no text of a proposal can ever act. It begins with the ticks of the draft that
it was made of; from then on the browser keeps ticks of its own, for each proposal and text.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from sif_desktop.app.files import write_whole
from sif_desktop.app.sources import Source
from sif_desktop.app.transfer import Entry
from sif_desktop.app.transfer_ticks import Ticks, to_transfer
from sif_desktop.language import Language, Words, number

STYLE = """
:root { color-scheme: light dark; --ink: #1c2b33; --quiet: #5b6b75; --line: #cfd8dd;
  --accent: #0d4f66; --paper: #fff; --card: #f3f6f8; --bad: #a3241c; --good: #1f6b3a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eef1; --quiet: #a3b3bc; --line: #3a4a53;
  --accent: #7cc4dd; --paper: #14191c; --card: #1e262b; --bad: #ff9d94; --good: #8fd6a8; } }
* { box-sizing: border-box; }
html { scroll-padding: 11rem 0 2rem; } /* what has the focus never hides under the head */
body { margin: 0; font: 16px/1.5 system-ui, "Noto Sans", sans-serif; color: var(--ink);
  background: var(--paper); }
header { position: sticky; top: 0; z-index: 1; background: var(--paper); padding: .75rem 1rem;
  border-bottom: 1px solid var(--line); }
header > div, main { max-width: 56rem; margin: 0 auto; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: 1.15rem; color: var(--accent); margin: 2rem 0 .5rem; padding-bottom: .25rem;
  border-bottom: 2px solid var(--accent); }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
main { padding: 0 1rem 4rem; }
p { margin: .25rem 0; }
.quiet { color: var(--quiet); font-size: .9rem; }
.over { color: var(--bad); font-weight: 600; }
.changed { color: var(--bad); }
.entry { background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  padding: .6rem .8rem; margin: .5rem 0; }
.entry.done { box-shadow: inset 4px 0 0 var(--good); }
.entry.done pre { color: var(--quiet); }
.row { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
.row strong { flex: 1 1 14rem; }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; margin: .4rem 0;
  max-height: 16rem; overflow: auto; }
button { font: inherit; padding: .3rem .9rem; border-radius: 6px; border: 1px solid var(--accent);
  background: var(--accent); color: var(--paper); cursor: pointer; }
button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
label { cursor: pointer; }
body.left .entry.done { display: none; }
@media print { header { position: static; } button { display: none; } pre { max-height: none; } }
"""

SCRIPT = """
"use strict";
(() => {
  const body = document.body;
  const key = "sif-transfer-" + body.dataset.proposal;
  const cards = [...document.querySelectorAll(".entry")];
  const told = document.getElementById("told");
  let kept = {};
  let works = true;
  try { kept = JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { works = false; }
  // What was kept of a field: the mark of the text that was ticked, or "-" and the mark of the
  // text whose tick was taken away.
  const ticked = (card) => card.querySelector("input");
  const draw = (card) => {
    const {at, mark, then} = card.dataset;
    const own = kept[at];
    const done = own === mark || (then === mark && own !== "-" + mark);
    const was = own === undefined ? then : own;
    const changed = !done && was !== undefined && was !== mark && !was.startsWith("-");
    ticked(card).checked = done;
    card.classList.toggle("done", done);
    card.querySelector(".changed").hidden = !changed;
  };
  const count = () => {
    const done = cards.filter((card) => ticked(card).checked).length;
    document.getElementById("done").textContent = String(done);
    document.getElementById("bar").value = done;
  };
  const keep = (card) => {
    kept[card.dataset.at] = (ticked(card).checked ? "" : "-") + card.dataset.mark;
    draw(card);
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch (error) { works = false; }
    document.getElementById("lost").hidden = works;
    count();
  };
  const byHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    return copied;
  };
  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; }
    catch (error) { return byHand(text); }
  };
  for (const card of cards) {
    const button = card.querySelector("button");
    draw(card);
    ticked(card).addEventListener("change", () => keep(card));
    button.addEventListener("click", async () => {
      const copied = await copy(card.querySelector("pre").textContent);
      button.focus();
      told.textContent = copied ? body.dataset.copied : body.dataset.failed;
      if (copied) { ticked(card).checked = true; keep(card); }
    });
  }
  document.getElementById("left").addEventListener("change", (event) => {
    body.classList.toggle("left", event.target.checked);
  });
  document.getElementById("lost").hidden = works;
  count();
})();
"""


def write_page(source: Source, out: Path, language: Language, ticks: Ticks | None = None) -> None:
    """Writes the transfer sheet of a proposal, with the ticks that it begins with.

    Raises FileError.
    """
    proposal, words = source.proposal, source.call.words(language)
    text = page(
        to_transfer(proposal, source.call, words, ticks or {}),
        title=" ".join((proposal.project.title or proposal.project.acronym)[:300].split()),
        proposal_id=proposal.id,
        call=words.say("call.title"),
        words=words,
        ticks=ticks or {},
    )
    write_whole(out, text.encode("utf-8"))


def page(
    found: Iterable[Entry],
    *,
    title: str,
    proposal_id: str,
    call: str,
    words: Words,
    ticks: Ticks = MappingProxyType({}),
) -> str:
    """The transfer sheet of a proposal as HTML."""
    told = _page(list(found), words, ticks, title=title, proposal_id=proposal_id, call=call)
    return "".join(told)


def _page(
    listed: list[Entry], words: Words, ticks: Ticks, *, title: str, proposal_id: str, call: str
) -> Iterator[str]:
    def say(key: str, **figures: object) -> str:
        return html.escape(words.say(f"transfer.{key}", **figures))

    policy = (
        f"default-src 'none'; style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield f'<!doctype html>\n<html lang="{words.language}"><head><meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield f"<title>{say('title')}: {_escaped(title)}</title>\n<style>{STYLE}</style></head>\n"
    yield f'<body data-proposal="{_escaped(proposal_id)}" data-copied="{say("copied")}" '
    yield f'data-failed="{say("failed")}">\n<header><div><div class="row">'
    yield f"<h1>{say('title')}: {_escaped(title)}</h1></div>\n"
    yield f'<p class="quiet">{_escaped(call)}. {say("about")}</p>\n<div class="row">'
    yield f'<span><span id="done">0</span> / {len(listed)} {say("done")}</span> '
    yield f'<progress id="bar" max="{max(1, len(listed))}" value="0"></progress> '
    yield f'<label><input type="checkbox" id="left"> {say("only_left")}</label> '
    yield '<span id="told" role="status" class="quiet"></span></div>\n'
    yield f'<p id="lost" class="over" hidden>{say("lost")}</p></div></header>\n<main>\n'
    for section, in_section in groupby(listed, lambda entry: entry.section):
        yield f"<section><h2>{_escaped(section)}</h2>\n"
        for item, of_item in groupby(in_section, lambda entry: entry.item):
            yield f"<h3>{_escaped(item)}</h3>\n" if item else ""
            for entry in of_item:
                yield from _entry(entry, words, ticks.get(entry.address, ""))
        yield "</section>\n"
    if not listed:
        yield f"<p>{say('nothing')}</p>\n"
    yield f"</main>\n<script>{SCRIPT}</script></body></html>\n"


def _entry(entry: Entry, words: Words, then: str) -> Iterator[str]:
    """A field; `then` is the mark of the text that was copied before, or ""."""
    name = _escaped(f"{entry.item}: {entry.label}" if entry.item else entry.label)
    yield f'<div class="entry" data-at="{_escaped(entry.address)}" data-mark="{entry.mark}"'
    yield f' data-then="{_escaped(then)}">' if then else ">"
    yield f'<div class="row"><strong>{_escaped(entry.label)}</strong>{_length(entry, words)}</div>'
    changed = _say(words, "changed" if entry.text else "emptied")
    yield f'<p class="changed" hidden>{changed}</p>'
    yield f"<pre>\n{_escaped(entry.text)}</pre>"
    yield f'<div class="row"><button type="button" aria-label="{_say(words, "copy")}: {name}">'
    yield f"{_say(words, 'copy')}</button>"
    yield f'<label><input type="checkbox" aria-label="{_say(words, "tick")}: {name}"> '
    yield f"{_say(words, 'tick')}</label></div></div>\n"


def _length(entry: Entry, words: Words) -> str:
    """The length of a text against its limit, and whose limit that is."""
    count = number(entry.length, words.language)
    if entry.longest is None:
        return f'<span class="quiet">{_say(words, "length", count=count)}</span>'
    most = number(entry.longest, words.language)
    key = f"{'over' if entry.over else 'within'}_{entry.origin}"
    told = _say(words, key, count=count, most=most, excess=entry.over)
    return f'<span class="{"over" if entry.over else "quiet"}">{told}</span>'


def _say(words: Words, key: str, **figures: object) -> str:
    return html.escape(words.say(f"transfer.{key}", **figures))


def _escaped(text: str) -> str:
    """A text in HTML; line ends come back as they were, and no NUL is written."""
    return html.escape(text.replace("\0", "\ufffd")).replace("\r", "&#13;")


def _digest(text: str) -> str:
    """What the policy calls a style or script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
