#!/usr/bin/env python3
"""What somebody reads who finds a kiosk that is switched off, its disk not encrypted.

    tests/app/finder.py BUILD

README's "A kiosk that is lost" says it; here every byte of all files beside the store is
searched, free pages and the write-ahead log with them, as `strings` and carving tools do,
in each coding of a text: for what it says is there, and for what it says is not.
"""
import contextlib
import glob
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "walk"))
from office import ELSEWHERE, PIN, SESSION, Office, run  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1))
KIOSK, SYNC = (os.path.join(BUILD, "bin", "brugwachter-" + name)
               for name in ("kiosk", "sync"))
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../assets/demo")
AT_THE_DOOR = "2025-03-18T13:10:00"
LATER = "2025-09-19T09:00:00"
WALK_IN = "Xanthippe Quispel"
REASON = "kwam met de burgemeester mee"


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

    def door(self, *lines, cut=False):
        """What the door answers; its end is the power's, or not."""
        door = subprocess.Popen([KIOSK, "--store", self.store, "--clock", AT_THE_DOOR,
                                 "door"], text=True, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE)
        answers = []
        for line in lines:
            door.stdin.write(line + "\n")
            door.stdin.flush()
            answers.append(json.loads(door.stdout.readline()))
        if cut:
            door.send_signal(signal.SIGKILL)
        door.communicate()
        return answers

    def open_the_door(self, cut, pin=True):
        """A ticket, a guest's, staff who search, somebody who waits, who was wrong."""
        first = self.office.people("confirmed")[0]
        waits = self.office.people("waitlisted")[0]
        return self.door(*["pin\t" + PIN] * pin, "scan\t" + first["text"],
                         "scan\t" + self.others[0]["text"], "search\t" + first["name"],
                         "guest\t" + self.others[1]["text"],
                         "queue\t%s\tOBS Verweg\tNoord\tyes" % WALK_IN,
                         "override\t%s\t%s" % (waits["code"], REASON), cut=cut)

    def bytes_found(self):
        """All that lies beside the store, whatever it is called."""
        found = b""
        for path in sorted(glob.glob(self.store + "*")):
            with open(path, "rb") as file:
                found += file.read() + b"\n"
        return found

    def assert_not_there(self, texts, found):
        folded = found.lower()
        # Without a byte at an end the two orders of UTF-16 are mostly the same.
        self.assertEqual([], sorted(
            text for text in texts
            for coded in {text.encode("utf-8"), text.encode("latin-1", "replace"),
                          text.encode("utf-16-le")[:-1], text.encode("utf-16-be")[1:]}
            if coded.lower() in folded))

    def own_texts(self):
        """Whole texts and words of six letters or more: shorter ones are noise in what is
        encrypted (of five letters, in any case, one of 100 looks finds one). What the
        list of circles says in public is left out."""
        with open(os.path.join(DATA, "sessions.csv"), encoding="utf-8-sig") as file:
            public = file.read().lower()
        texts = {WALK_IN, "OBS Verweg", REASON}
        for person in self.own:
            texts |= {person[key] for key in ("first_name", "name", "school", "email")}
            texts.add(person["first_name"] + " " + person["name"])
        texts |= {word for text in set(texts) for word in text.split()}
        texts |= {unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
                  for text in set(texts)}  # as an index folds them
        return {text for text in texts if len(text) > 5 and text.lower() not in public}

    def test_names_are_in_clear_until_staff_gave_the_pin_there_once(self):
        self.open_the_door(cut=True, pin=False)
        found = self.bytes_found()
        for person in self.own:
            self.assertTrue(person["name"].encode() in found, person["name"])
        self.assertTrue(WALK_IN.split()[1].encode() in found)
        self.assertTrue(b"$argon2id$" in found)

    def test_from_then_on_no_name_school_or_reason_of_its_own_circle_is_there(self):
        texts = self.own_texts()
        self.assertGreater(len(texts), 150)
        self.open_the_door(cut=True, pin=False)  # a day in clear goes before
        for cut in (True, False):
            answers = self.open_the_door(cut)
            self.assertEqual(answers[0]["pin"], "ok")
            self.assertTrue(answers[3]["results"])
            self.assertNotIn("names_locked", answers[3])
            self.assert_not_there(texts, self.bytes_found())
        answers = self.open_the_door(cut=True, pin=False)  # after a power cut: locked
        self.assertNotIn("name", answers[0])
        self.assertEqual(answers[2]["results"], [])
        self.assertTrue(answers[2]["names_locked"])
        self.assertIn("Give the staff PIN", answers[2]["hint"])
        self.assert_not_there(texts, self.bytes_found())

    def test_staff_card_opens_names_and_the_disk_alone_tells_nothing_of_it(self):
        old, new = self.printed_card(), self.card(2)
        asks = "search\t" + self.office.people("confirmed")[0]["name"]
        locked, opened, kept, found = self.door(
            "card\t%s\tkeep" % old, "pin\t" + PIN, "card\t%s\tkeep" % old, asks, cut=True)
        self.assertIn("error", locked)
        self.assertEqual((opened["pin"], kept), ("ok", {"card": "kept"}))
        self.assertTrue(found["results"])
        before, other, opened, found, kept = self.door(
            asks, "card\t" + new, "card\t" + old, asks, "card\t%s\tkeep" % new, cut=True)
        self.assertTrue(before["names_locked"])
        self.assertEqual((other, opened, kept),
                         ({"card": "other"}, {"card": "opened"}, {"card": "kept"}))
        self.assertTrue(found["results"])
        ended, found = self.door("card\t" + old, asks)
        self.assertEqual((ended, found["results"]), ({"card": "other"}, []))
        texts, found = self.own_texts(), self.bytes_found()
        self.assert_not_there(texts, found)
        for card in (old, new):
            self.assertFalse(card.encode() in found or card[5:].encode() in found)
        self.assertFalse(self.secret(2) in found)

    def test_ticket_is_no_card_and_a_card_is_no_ticket(self):
        ticket, card = self.own[0]["text"], self.card(3)
        answers = self.door("pin\t" + PIN, "card\t" + ticket, "scan\t" + card,
                            "card\t%s\tkeep" % ticket, "counts")
        self.assertEqual(answers[1], {"card": "other"})
        self.assertEqual(answers[2]["verdict"], "not_a_ticket")
        self.assertEqual(answers[3], {"card": "other"})
        self.assertEqual(answers[4]["present"], 0)
        self.assertFalse(card.encode() in self.bytes_found())

    def printed_card(self):
        """The office's paper, as the kiosk's scanner reads it."""
        paper = os.path.join(self.folder, "card.pdf")
        run(SYNC, "card", "--out", paper)
        self.assertEqual(os.stat(paper).st_mode & 0o777, 0o600)
        subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", paper,
                        paper[:-4]], check=True)
        line = subprocess.run([KIOSK, "decode", paper[:-4] + ".png"], check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        return line.rstrip("\n").split("\t")[2]

    @staticmethod
    def secret(number):
        return hashlib.sha256(b"card %d" % number).digest()

    def card(self, number):
        """As staff_card.h says, written by another hand."""
        alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
        secret, text = self.secret(number), "BWM1:"
        for high, low in zip(secret[::2], secret[1::2]):
            value = high * 256 + low
            text += "".join(alphabet[value // 45 ** place % 45] for place in range(3))
        return text

    def test_sync_takes_a_roster_in_and_a_name_out_without_the_pin(self):
        self.door("pin\t" + PIN, "queue\t%s\tOBS Verweg\tNoord\tyes" % WALK_IN)
        self.office.at_venue(self.store, "sync")
        self.assert_not_there(self.own_texts(), self.bytes_found())
        self.office.at_office("merge", ok=(0, 1))
        with contextlib.closing(sqlite3.connect(self.office.central)) as central:
            details = central.execute("SELECT bytes FROM event_details").fetchall()
        self.assertIn(WALK_IN.split()[1].encode(), b"".join(row[0] for row in details))
        answers = self.door("pin\t" + PIN, "offers")
        self.assertIn(WALK_IN.split()[1], json.dumps(answers[1]))

    def purge_and_sync(self, pin):
        """Half a year later; nobody touches the kiosk."""
        office = Office(self.folder + ".office", SYNC, DATA)
        shutil.copy(office.first, self.store)
        shutil.copy(office.first + ".credentials", self.store + ".credentials")
        asks = ("search\t" + self.own[0]["name"], "offers")
        found, offers = self.door(*["pin\t" + PIN] * pin, "queue\t%s\tOBS Verweg\t"
                                  "Noord\tyes" % WALK_IN, *asks)[-2:]
        self.assertTrue(found["results"])
        self.assertIn(WALK_IN.split()[1], json.dumps(offers))
        office.at_venue(self.store, "sync")
        for words in (("merge",), ("purge", "--before", "2025-09-01")):
            run(SYNC, "--central", "sqlite:" + office.central, "--clock", LATER, *words,
                ok=(0, 1))
        run(SYNC, "--store", self.store, "--clock", LATER, "sync", ok=(0, 1))
        self.assert_not_there(self.own_texts(), self.bytes_found())
        if pin:  # what is sealed is in no byte before, either: who has the PIN looks
            opened, found, offers = self.door("pin\t" + PIN, *asks)
            self.assertEqual((opened["pin"], found["results"]), ("ok", []))
            self.assertNotIn(WALK_IN.split()[1], json.dumps(offers))

    def test_purge_at_the_office_empties_the_kiosk_by_its_next_roster(self):
        for pin in (False, True):
            self.purge_and_sync(pin)
            shutil.rmtree(self.folder + ".office")

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
            self.assert_not_there(["BW1:", "@voorbeeldschool", PIN + "\n", "\t" + PIN],
                                  found)

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
