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
SOURCES = {"paper": (("sync/office/backup", "sync/office/mail", "sync/office/ticket",
                      "sync/report/*", "sync/cli", "sync/cli/commands"),
                     re.compile(r'"((?:tk|ml|en|do|li|ls|ev|ce|rp|td|cf|mk|ky)'
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


STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
STRINGS = re.compile(r'(?:"(?:[^"\\\n]|\\.)*"|\bPRI\w+\b|\s)+')


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


class AtTheDesk(unittest.TestCase):
    """What is said of commands is said in the desk's own words there (said.h)."""
    COMMAND = re.compile(
        r"--[a-z]|brugwachter-sync|chmod|createdb|`(?:status|kiosks)|kiosks accept|"
        r"\((?:log|status|doubts|conflicts|verify|log, undo|look with status|"
        r"import [a-z]+)\)|undo STEP|session (?:reopen|move|cancel)|"
        r"\b(?:log|status|doubts|conflicts|kiosks) (?:lists?|names|says|tells)|"
        r"; (?:undo|find|promote|reissue) |\bkey (?:new|read)\b|"
        r"\b(?:promote|reinstate|merge-people|find|undo) "
        r"(?:gives|puts|joins|shows|looks|takes)|(?<!To )\bsettle (?:EVENT|CODE|decides)|"
        r"import (?:registrations|waitlist|attendance|sessions) takes|"
        r"\bwith (?:merge|init|status)\b|\b(?:run it|purge) again|"
        r"verify it|see what: verify|\bmail tells")
    # Who says nothing at the desk, and why; all else of the sync tool may be read there.
    # kiosk/core's own sentences (of a store, of checking in) are a kiosk's, too.
    ELSEWHERE = (
        "sync/cli/",  # a terminal's; but see THERE_TOO
        "sync/exchange/carrier/lan/",  # from kiosk to kiosk: no office is there
        "sync/exchange/kiosk/",  # a kiosk's own, at its terminal and on its screen
        "sync/office/setup.c",  # the office is made before there is a desk
    )
    # What the desk has the commands do themselves (errand.c) they say there. It types
    # their words, so what is wrong use is never said, and it reads their answer as JSON
    # (or it is a person's file, of sync/office): their errors remain.
    THERE_TOO = ("sync/cli/answer.c", "sync/cli/letters.c", "sync/cli/program.c",
                 "sync/cli/rounds.c", "sync/cli/settings.c")
    UNSAID = ("bw_call_usage:2", "BW_SAYS:1", "bw_said:1", "bw_log:2")
    # No sentences: what a mail and a page were made by, a step as it is kept, the option
    # that the desk's own form of a sentence leaves out (sign_up.c).
    NONE = re.compile(r"(?:PRODID:|<footer>|brugwachter-sync:? $|kiosks accept$|"
                      r"session [a-z]+$| --map %s=-$)")
    # What stops the desk from being opened, or its options from being read.
    BEFORE = ("--base-url takes ", "--listen takes ", "reading --clock",
              "opening the desk at %s: it is served")

    # How the desk itself is begun: nothing else opens it, or another database.
    BEGUN = ("closed.p", "w.have.p")

    @classmethod
    def setUpClass(cls):
        cls.said = {**sentences.said(ROOT, "office", cls.heard()),
                    **sentences.said(ROOT, "office", cls.commands(), cls.UNSAID)}
        cls.spoken = [key for key in cls.said
                      if cls.COMMAND.search(key) and not key.startswith(cls.BEFORE)]
        cls.desk = {language: catalogue("desk", language) for language in LANGUAGES}

    @classmethod
    def heard(cls):
        return tuple(path for path in sentences.sources(ROOT, "office")
                     if not path.startswith(cls.ELSEWHERE))

    @classmethod
    def commands(cls):
        """The sources of what the desk runs, as errand.c has the words."""
        with open(os.path.join(ROOT, "sync/web/page/errand/errand.c"),
                  encoding="utf-8") as file:
            names = set(re.findall(r'\.words = \{"([a-z-]+)"', file.read()))
        places = []
        for name in sorted(names):
            place = "sync/cli/commands/" + name.replace("-", "_")
            folder = os.path.isdir(os.path.join(ROOT, place))
            places.append(place + ("/" if folder else ".c"))
        return cls.THERE_TOO + tuple(places)

    def test_each_command_that_the_desk_runs_has_its_sources(self):
        self.assertGreater(len(self.commands()), len(self.THERE_TOO) + 5)
        for place in self.commands() + self.ELSEWHERE:
            self.assertTrue(os.path.exists(os.path.join(ROOT, place)), place)

    def test_what_is_left_out_is_still_said(self):
        for start in self.BEFORE:
            self.assertTrue([key for key in self.said if key.startswith(start)], start)

    def test_what_names_a_command_is_a_sentence_of_the_catalogues(self):
        known, unknown = sentences.said(ROOT, "office"), []
        for path in self.heard():
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                strings = [self.joined(found) for found in STRINGS.findall(file.read())]
            unknown += [(path, key) for key in strings
                        if " " in key and self.COMMAND.search(key)
                        and key not in known and not self.NONE.match(key)]
        self.assertEqual(unknown, [])

    @staticmethod
    def joined(strings):
        """Strings that stand beside each other, as gettext has them."""
        numbers = re.sub(r"\s*\b(PRI\w+)\b\s*", r'"<\1>"', strings)
        return "".join(STRING.findall(numbers))

    def test_what_names_no_command_in_english_names_none_in_dutch(self):
        with open(os.path.join(ROOT, sentences.catalogue("office")),
                  encoding="utf-8") as file:
            dutch = sentences.entries(file.read())
        plain = [key for key in self.said if not self.COMMAND.search(key)
                 and key not in self.desk["nl"] and key in dutch]
        self.assertGreater(len(plain), 500)
        for key in plain:
            sentence = "".join(re.findall(r'"(.*)"', dutch[key].split("msgstr", 1)[1]))
            self.assertIsNone(self.COMMAND.search(sentence), sentence)

    def test_no_sentence_tells_her_to_type_a_command(self):
        self.assertGreater(len(self.spoken), 120)
        for language, there in self.desk.items():
            self.assertEqual([key for key in self.spoken if key not in there], [],
                             language)
            for key, forms in there.items():
                for form in forms:
                    self.assertEqual(self.COMMAND.search(form) is not None,
                                     key in self.BEGUN, form)

    def test_each_is_one_of_the_sources_and_reads_the_first_of_its_values(self):
        whole = sentences.said(ROOT, "office")
        for there in self.desk.values():
            for key in there:
                if " " not in key or re.match(r"[a-z]+\.[a-z]", key):
                    continue  # the desk's own
                self.assertTrue(key in whole, key)
                own = CONVERSION.findall(there[key][0])
                self.assertEqual(own, CONVERSION.findall(key)[:len(own)], key)


if __name__ == "__main__":
    unittest.main()
