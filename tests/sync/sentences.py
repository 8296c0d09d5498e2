#!/usr/bin/env python3
"""What the office's program says of itself: each sentence of the sources that a reader
may meet, as gettext's tools find it, for its catalogue and the test of that.

    sentences.py ROOT                 lists those that the Dutch catalogue lacks
    sentences.py ROOT --template      writes them all, as a template (.pot), to stdout
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

# Which argument of which function is a sentence, and what marks one elsewhere. Several
# arguments of one function are several passes: gettext takes two for singular and plural.
PASSES = (("bw_error_set:4", "bw_error_prefix:3", "bw_round_note:2", "bw_call_usage:2",
           "bw_import_note:3", "bw_import_reject:4", "bw_said:1", "BW_SAYS:1"),)
# Rooms whose sentences the organiser reads, at a terminal or at the desk.
ROOMS = ("sync/central", "sync/office", "sync/report", "sync/paper", "sync/web",
         "sync/cli", "sync/exchange/office", "kiosk/core/base", "kiosk/core/time",
         "kiosk/core/ticket", "kiosk/core/store/session.c", "kiosk/core/store/verify.c")
# What a kiosk's machine says, and what only a programmer breaks.
NOT = re.compile(r"sync/web/template|sync/cli/(commands/(run/)?)?"
                 r"(enrol_device|export|push|run\w*|kiosk|road_child|rounds)\.c")
CATALOGUE = "assets/office/translations/nl.po"


def sources(root):
    found = {os.path.relpath(path, root) for room in ROOMS
             for path in [os.path.join(root, room)] * room.endswith(".c")
             + glob.glob(os.path.join(root, room, "**", "*.c"), recursive=True)}
    return sorted(path for path in found if not NOT.search(path))


def template(root):
    """The template, as text."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, keywords in enumerate(PASSES):
            part = os.path.join(folder, "%d.pot" % number)
            subprocess.run(
                ["xgettext", "--language=C", "--from-code=UTF-8", "--keyword=",
                 "--no-location", "--no-wrap", "-o", part]
                + ["--keyword=" + keyword for keyword in keywords]
                + sources(root), check=True, cwd=root, stderr=subprocess.DEVNULL,
                env=dict(os.environ, LC_ALL="C.UTF-8"))
            parts.append(part)
        return subprocess.run(["msgcat", "--no-wrap", "--use-first"] + parts, check=True,
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


def said(root):
    """msgid: entry, of all that the sources say in words."""
    return {msgid: entry for msgid, entry in entries(template(root)).items()
            if has_words(msgid)}


def main():
    root = os.path.abspath(sys.argv[1])
    wanted = said(root)
    if "--template" in sys.argv[2:]:
        print("\n\n".join(wanted.values()))
        return
    with open(os.path.join(root, CATALOGUE), encoding="utf-8") as file:
        kept = entries(file.read())
    for msgid in wanted:
        if msgid not in kept:
            print(msgid)


if __name__ == "__main__":
    main()
