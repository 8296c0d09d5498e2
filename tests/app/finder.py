#!/usr/bin/env python3
"""What somebody reads who finds a kiosk that is switched off, its disk not encrypted.

    tests/app/finder.py BUILD

README's "A kiosk that is lost" says it; here all files beside the store are searched,
free pages and the write-ahead log with them, as `strings` and carving tools do: for what
it says is there, and for what it says is not.
"""
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "walk"))
from office import ELSEWHERE, PIN, SESSION, Office  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1))
KIOSK, SYNC = (os.path.join(BUILD, "bin", "brugwachter-" + name)
               for name in ("kiosk", "sync"))
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../assets/demo")
AT_THE_DOOR = "2025-03-18T13:10:00"
WALK_IN = "Xanthippe Quispel"


def secret_texts(value, name=""):
    """The hexadecimal values of all that calls itself secret, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from secret_texts(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from secret_texts(inner, name)
    elif "secret" in name:
        yield value


class Finder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.office = Office(os.path.join(cls.holder.name, "office"), SYNC, DATA)

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def setUp(self):
        self.folder = os.path.join(self.holder.name, self.id())
        os.makedirs(self.folder)
        self.store = os.path.join(self.folder, "kiosk.db")
        self.office.store(self.store)
        shutil.copy(self.office.first + ".credentials", self.store + ".credentials")
        self.own = self.office.tickets[SESSION]
        self.others = self.office.tickets[ELSEWHERE]

    def open_the_door(self, cut):
        """A ticket, a guest's, somebody who waits; the end is the power's, or not."""
        door = subprocess.Popen([KIOSK, "--store", self.store, "--clock", AT_THE_DOOR,
                                 "door"], text=True, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE)
        for line in ("scan\t" + self.office.people("confirmed")[0]["text"],
                     "scan\t" + self.others[0]["text"],
                     "queue\t%s\tOBS Verweg\tNoord\tyes" % WALK_IN):
            door.stdin.write(line + "\n")
            door.stdin.flush()
            json.loads(door.stdout.readline())
        if cut:
            door.send_signal(signal.SIGKILL)
        door.communicate()

    def bytes_found(self):
        """All that lies beside the store, whatever it is called."""
        found = b""
        for path in sorted(glob.glob(self.store + "*")):
            with open(path, "rb") as file:
                found += file.read() + b"\n"
        return found

    def assert_not_there(self, texts, found):
        folded = found.lower()
        for text in texts:
            for coded in (text.encode(), text.encode("utf-16-le")):
                self.assertFalse(coded in found or coded.lower() in folded, text)

    def test_names_on_the_lists_of_its_own_circle_are_there_in_clear(self):
        self.open_the_door(cut=True)
        found = self.bytes_found()
        for person in self.own:
            self.assertTrue(person["name"].encode() in found, person["name"])
        self.assertTrue(WALK_IN.split()[1].encode() in found)
        self.assertTrue(b"$argon2id$" in found)

    def test_nobody_of_another_circle_no_address_and_no_ticket_is_there(self):
        own = {(person["first_name"], person["name"]) for person in self.own}
        own_words = {word for pair in own for word in pair}
        strangers = {person["name"] for person in self.others
                     if len(person["name"]) > 5} - own_words
        self.assertGreater(len(strangers), 5)
        for cut in (False, True):
            self.open_the_door(cut)
            found = self.bytes_found()
            self.assert_not_there(strangers, found)
            self.assert_not_there([person["email"] for person in self.own + self.others],
                                  found)
            self.assert_not_there([person["text"] for person in self.own + self.others],
                                  found)
            self.assert_not_there(["BW1:", "@voorbeeldschool", PIN + "\n"], found)

    def test_no_secret_key_of_the_organiser_is_there(self):
        self.open_the_door(cut=True)
        found = self.bytes_found()
        with open(self.office.central + ".key", encoding="ascii") as file:
            secrets = set(secret_texts(json.load(file)))
        self.assertGreater(len(secrets), 2)
        for secret in secrets:
            for part in (secret, secret[:64]):  # of a pair the public half stands behind
                self.assertFalse(part.encode() in found)
                self.assertFalse(bytes.fromhex(part) in found)


if __name__ == "__main__":
    unittest.main()
