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

sys.dont_write_bytecode = True
import sentences  # noqa: E402

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


CONVERSION = re.compile(r"%(?:<\w+>|[-+ #0-9.*]*[hlzjtL]*[A-Za-z%])")


class Sentences:
    """A program's own, or core's, whose key is the English sentence of the source."""
    part, least = None, 0

    @classmethod
    def setUpClass(cls):
        cls.said = sentences.said(ROOT, cls.part)
        cls.path = os.path.join(ROOT, sentences.catalogue(cls.part))
        with open(cls.path, encoding="utf-8") as file:
            cls.dutch = sentences.entries(file.read())

    def test_all_that_the_sources_say_is_said_in_dutch(self):
        self.assertGreater(len(self.said), self.least)
        self.assertEqual([key for key in self.said if key not in self.dutch], [])

    def test_none_is_left_over_but_what_the_system_says(self):
        system = {os.strerror(number) for number in range(1, 134)}
        self.assertEqual([key for key in self.dutch if key not in self.said
                          and (key not in system or self.part != "core")], [])

    def test_none_is_fuzzy_empty_or_left_in_english(self):
        checked = subprocess.run(
            ["msgfmt", "--check-format", "--statistics", "-o", os.devnull, self.path],
            check=True, stderr=subprocess.PIPE, env=dict(os.environ, LC_ALL="C.UTF-8"))
        self.assertEqual(checked.stderr.decode(),
                         "%d translated messages.\n" % len(self.dutch))
        # what is the same in both languages
        same = {"school", "code", "camera", "camera: %s", "bytes", "mails",
                "tickets", ", camera %s", ": was %s, %s", "%s: --why %s",
                "%s %<PRId64> mails:\\n"}
        for key, entry in self.dutch.items():
            sentence = "".join(re.findall(r'"(.*)"', entry.split("msgstr", 1)[1]))
            if key not in same:
                self.assertNotEqual(sentence, key)

    def test_each_reads_the_same_values_in_the_same_order(self):
        for key, entry in self.dutch.items():
            sentence = "".join(re.findall(r'"(.*)"', entry.split("msgstr", 1)[1]))
            self.assertEqual(CONVERSION.findall(key), CONVERSION.findall(sentence), key)
            self.assertEqual(key.endswith("\\n"), sentence.endswith("\\n"), key)
            self.assertEqual(key[:1] == " ", sentence[:1] == " ", key)


class Core(Sentences, unittest.TestCase):
    part, least = "core", 100


class Office(Sentences, unittest.TestCase):
    part, least = "office", 1200


class Kiosk(Sentences, unittest.TestCase):
    part, least = "kiosk", 150


if __name__ == "__main__":
    unittest.main()
