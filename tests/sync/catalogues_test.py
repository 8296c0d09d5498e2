#!/usr/bin/env python3
"""The catalogues of what is said to people: both languages have every sentence, with the
same blanks; what the sources name has one, and no sentence is left over.

    catalogues_test.py SOURCE_FOLDER
"""
import glob
import os
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(sys.argv.pop(1))
LANGUAGES = ("en", "nl")
BLANK = re.compile(r"\{[a-z_]+\}")
# The folders that name a catalogue's sentences, and what a key there looks like.
SOURCES = {"paper": (("sync/office/mail", "sync/office/ticket", "sync/report/*",
                      "sync/cli", "sync/cli/commands"),
                     re.compile(r'"((?:tk|ml|en|do|li|ev|ce|rp|td|cf)'
                                r'\.[a-z0-9_.]+|pg)"'))}


def catalogue(part, language):
    """Each key, and the forms of its sentence, as gettext reads them."""
    path = os.path.join(ROOT, "assets", part, "translations", language + ".po")
    with tempfile.NamedTemporaryFile(suffix=".po") as plain:
        subprocess.run(["msgcat", "--no-wrap", "-o", plain.name, path], check=True)
        text = plain.read().decode("utf-8")
    sentences = {}
    for entry in text.split("\n\n"):
        key = re.search(r'^msgid "(.+)"$', entry, re.M)
        if key:
            sentences[key.group(1)] = re.findall(
                r'^msgstr(?:\[\d\])? "(.*)"$', entry, re.M)
    return sentences


class Catalogues(unittest.TestCase):
    def test_both_languages_say_the_same_with_the_same_blanks(self):
        for part in ("desk", "paper"):
            english, dutch = (catalogue(part, language) for language in LANGUAGES)
            self.assertEqual(sorted(english), sorted(dutch), part)
            for key, forms in english.items():
                self.assertEqual(len(forms), len(dutch[key]), key)
                for one, other in zip(forms, dutch[key]):
                    self.assertNotEqual(one, "", key)
                    self.assertEqual(sorted(set(BLANK.findall(one))),
                                     sorted(set(BLANK.findall(other))), key)

    def test_what_the_sources_name_is_there_and_nothing_else(self):
        for part, (folders, key) in SOURCES.items():
            named = set()
            for folder in folders:
                for path in glob.glob(os.path.join(ROOT, folder, "*.c")):
                    with open(path, encoding="utf-8") as file:
                        named.update(key.findall(file.read()))
            kept = set(catalogue(part, "nl"))
            starts = tuple(name for name in named if name.endswith("."))
            made = {name for name in kept if starts and name.startswith(starts)}
            self.assertEqual(sorted(name for name in named if not name.endswith(".")),
                             sorted(kept - made))


if __name__ == "__main__":
    unittest.main()
