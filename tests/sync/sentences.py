#!/usr/bin/env python3
"""What the programs say of themselves: each sentence of the sources that a reader may
meet, as gettext's tools find it, for its catalogue and the test of that.

    sentences.py ROOT                 lists those that a Dutch catalogue lacks
    sentences.py ROOT --template      writes them all, as a template (.pot), to stdout

core's are both programs', and stand in its own catalogue alone.
"""
import functools
import glob
import os
import re
import subprocess
import sys
import tempfile

# Which argument of which function is a sentence, and what marks one elsewhere.
KEYWORDS = ("bw_error_set:4", "bw_error_prefix:3", "bw_round_note:2", "bw_call_usage:2",
            "bw_import_note:3", "bw_import_reject:4", "bw_progress_step:2", "bw_said:1",
            "BW_SAYS:1", "bw_log:2")
# Those that hand one on, in their own room alone.
ROOM_KEYWORDS = {
    "kiosk/core": ("bw_store_fail:3", "bw_store_script:3", "bw_store_integer:3",
                   "bw_store_damaged:2", "fail:2", "incomplete:2", "no_store:2",
                   "refuse:2"),
    "kiosk/app": ("misuse:2,3t", "read_clean:2", "say:3"),
    "sync/exchange": ("bad:2", "bw_carrier_doing:2", "bw_json_refuse:3", "fault:3"),
}
# Catalogue: the rooms whose sentences stand there.
CATALOGUES = {"core": ("kiosk/core",), "office": ("sync",),
              "kiosk": ("kiosk/app", "kiosk/flow", "kiosk/scan", "kiosk/ui")}
# No C of their own, as xgettext sees it.
NOT = re.compile(r"sync/web/template/template")


def catalogue(part):
    return "assets/%s/translations/nl.po" % part


def sources(root, part):
    found = {os.path.relpath(path, root) for room in CATALOGUES[part]
             for path in glob.glob(os.path.join(root, room, "**", "*.c"), recursive=True)}
    return sorted(path for path in found if not NOT.search(path))


def extract(root, paths, keywords, pot):
    """The sentences of some sources, into a file; False where there are none."""
    subprocess.run(
        ["xgettext", "--language=C", "--from-code=UTF-8", "--keyword=",
         "--no-location", "--no-wrap", "-o", pot]
        + ["--keyword=" + keyword for keyword in keywords]
        + paths, check=True, cwd=root, stderr=subprocess.DEVNULL,
        env=dict(os.environ, LC_ALL="C.UTF-8"))
    return os.path.exists(pot)


def template(root, part, below="", but=()):
    """The template of a catalogue, or of what is `below` a room of it (or several), as
    text; `but` what some keywords mark."""
    rooms = {}
    for path in sources(root, part):
        if not path.startswith(below):
            continue
        room = next((room for room in ROOM_KEYWORDS if path.startswith(room)), "")
        rooms.setdefault(room, []).append(path)
    with tempfile.TemporaryDirectory() as folder:
        pots = [os.path.join(folder, "%d.pot" % number) for number in range(len(rooms))]
        marks = [keyword for keyword in KEYWORDS if keyword not in but]
        pots = [pot for pot, (room, paths) in zip(pots, sorted(rooms.items()))
                if extract(root, paths, marks + list(ROOM_KEYWORDS.get(room, ())), pot)]
        return subprocess.run(["msgcat", "--no-wrap", "--use-first"] + pots, check=True,
                              stdout=subprocess.PIPE).stdout.decode("utf-8")


def entries(text):
    """Each entry's msgid, as it stands in the file, and the whole entry."""
    found = {}
    for entry in text.split("\n\n"):
        key = re.search(r'^msgid ((?:".*"\n?)+)', entry, re.M)
        if key:
            msgid = "".join(re.findall(r'"(.*)"', key.group(1)))
            if msgid:
                found[msgid] = entry.strip("\n")
    return found


def has_words(msgid):
    """Whether there is anything to be said in another language."""
    plain = re.sub(r"%(?:<\w+>|[-+ #0-9.*]*[hlzjtL]*[A-Za-z%])", "", msgid)
    return re.search(r"[A-Za-z]{2,}", plain.replace("\\n", "")) is not None


@functools.lru_cache(maxsize=None)
def said(root, part, below="", but=()):
    """msgid: entry, of all that the sources of a catalogue say in words."""
    cores = said(root, "core") if part != "core" else {}
    found = entries(template(root, part, below, but))
    return {msgid: entry for msgid, entry in found.items()
            if has_words(msgid) and msgid not in cores}


def main():
    root = os.path.abspath(sys.argv[1])
    for part in CATALOGUES:
        wanted = said(root, part)
        if "--template" in sys.argv[2:]:
            print("\n\n".join(wanted.values()) + "\n")
            continue
        with open(os.path.join(root, catalogue(part)), encoding="utf-8") as file:
            kept = entries(file.read())
        for msgid in wanted:
            if msgid not in kept:
                print("%s: %s" % (part, msgid))


if __name__ == "__main__":
    main()
