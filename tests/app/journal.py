#!/usr/bin/env python3
"""What the programs tell the journal in a day at the door: levels, and nobody.

    tests/app/journal.py BUILD

The window (without a display), the door, and both services' `run` write to a file that
the environment calls the journal's stream. People come by camera, by code and by name, as
walk-ins and substitutes; a file is damaged, a kiosk killed, a carrier lost.
"""
import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "walk"))
from office import SESSION, Office  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1))
KIOSK, SYNC = (os.path.join(BUILD, "bin", "brugwachter-" + name)
               for name in ("kiosk", "sync"))
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../assets/demo")
AT_THE_DOOR = "2025-03-18T13:10:00"
# Four of them tell a kiosk by its key: a baker is no Bakker.
CHECK_WORDS = os.path.join(DATA, "../../kiosk/core/base/check_words.c")
PATIENCE_S = 120
STRANGERS = ("Xanthippe Quispel", "Wolfram Ysebaert", "Philippa Zwaluw")


class Journal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.office = Office(os.path.join(cls.holder.name, "office"), SYNC, DATA)
        cls.store = cls.office.store(os.path.join(cls.holder.name, "kiosk.db"))
        shutil.copy(cls.office.first + ".credentials", cls.store + ".credentials")
        cls.path = os.path.join(cls.holder.name, "journal")
        cls.journal = open(cls.path, "ab", buffering=0)
        facts = os.fstat(cls.journal.fileno())
        cls.environment = dict(
            os.environ, SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy",
            JOURNAL_STREAM="%d:%d" % (facts.st_dev, facts.st_ino))
        cls.codes = [person["code"] for person in cls.office.people("confirmed")]
        cls.spend_the_day()
        with open(cls.path, encoding="utf-8") as file:
            cls.lines = file.read().splitlines()

    @classmethod
    def tearDownClass(cls):
        cls.journal.close()
        cls.holder.cleanup()

    @classmethod
    def spend_the_day(cls):
        cls.by_camera()
        cls.at_the_desk()
        cls.services()
        cls.lost_and_damaged()

    @classmethod
    def start(cls, *words, **more):
        return subprocess.Popen(words, stderr=cls.journal, env=cls.environment, **more)

    @classmethod
    def events(cls):
        done = subprocess.run([KIOSK, "--store", cls.store, "--clock", AT_THE_DOOR,
                               "health", "--json"], capture_output=True, check=False)
        return json.loads(done.stdout)["figures"]["events"]

    @classmethod
    def by_camera(cls):
        """Two tickets before the camera of the real window."""
        frames = os.path.join(cls.holder.name, "frames")
        os.makedirs(frames)
        for number, person in enumerate(cls.office.people("confirmed")[:2]):
            shutil.copy(cls.office.picture(person),
                        os.path.join(frames, "%d@3s.png" % number))
        window = cls.start(KIOSK, "--store", cls.store, "--clock", AT_THE_DOOR,
                           "--window", "1280x800", "--camera", "images:%s,loop" % frames)
        until = time.monotonic() + PATIENCE_S
        while cls.events() < 2:
            if time.monotonic() > until or window.poll() is not None:
                raise AssertionError("nobody was seen by the camera")
            time.sleep(0.2)
        window.terminate()
        window.wait(PATIENCE_S)

    @classmethod
    def at_the_desk(cls):
        """What staff do, twice; the first time ends by the power."""
        lines = ["code\t" + cls.codes[2], "search\tfat", "search\tel amrani", "counts",
                 "walk-in\t%s\tOBS Verweg\tNoord\tyes" % STRANGERS[0],
                 "queue\t%s\tOBS Verweg\tNoord\tyes" % STRANGERS[1],
                 "substitute\t%s\t%s\tyes" % (cls.codes[3], STRANGERS[2]),
                 "undo\t" + cls.codes[2], "code\tK7QM-2XRD", "scan\tBW1:nonsense",
                 "scan\t" + cls.office.tickets[SESSION][5]["text"], "leave\tnobody"]
        for end in (signal.SIGKILL, None):
            door = cls.start(KIOSK, "--store", cls.store, "--clock", AT_THE_DOOR, "door",
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for line in lines:
                door.stdin.write(line + "\n")
                door.stdin.flush()
                json.loads(door.stdout.readline())
            if end is not None:
                door.send_signal(end)
            door.communicate(timeout=PATIENCE_S)

    @classmethod
    def service(cls, *words, till):
        """A program that runs for ever, until `till` says that it did what it should."""
        running = cls.start(SYNC, *words, "run", stdout=cls.journal)
        until = time.monotonic() + PATIENCE_S
        while not till() and time.monotonic() < until:
            time.sleep(0.2)
        running.terminate()
        running.wait(PATIENCE_S)
        if not till():
            raise AssertionError("it never did: %s" % (words,))

    @classmethod
    def services(cls):
        letters = cls.office.central + ".letters"

        def sent():
            return any(name.startswith("bw-events") and "-1-" in name
                       for _, _, files in os.walk(letters) for name in files)

        def merged():
            with contextlib.closing(sqlite3.connect(cls.office.central)) as central:
                return central.execute("SELECT count(*) FROM event").fetchone()[0] > 4
        cls.service("--store", cls.store, "--clock", AT_THE_DOOR, till=sent)
        cls.service("--central", "sqlite:" + cls.office.central, "--clock", AT_THE_DOOR,
                    till=merged)

    @classmethod
    def wait_for_fault(cls, trace, window):
        """Until the screen says that the store can't be used."""
        until = time.monotonic() + PATIENCE_S
        shown = ""
        while " fault " not in shown and window.poll() is None:
            if time.monotonic() > until:
                raise AssertionError("the window shows no fault: " + shown[-400:])
            time.sleep(0.1)
            if os.path.exists(trace):
                with open(trace, encoding="utf-8") as file:
                    shown = file.read()

    @classmethod
    def lost_and_damaged(cls):
        trace = os.path.join(cls.holder.name, "trace")
        os.rename(cls.office.central + ".letters", cls.office.central + ".gone")
        subprocess.run([SYNC, "--store", cls.store, "--clock", AT_THE_DOOR, "sync"],
                       stderr=cls.journal, stdout=cls.journal, env=cls.environment,
                       check=False)
        with open(cls.store, "r+b") as file:
            file.seek(5000)
            file.write(b"x" * 9000)
        for command in (("door",), ()):
            broken = cls.start(KIOSK, "--store", cls.store, "--clock", AT_THE_DOOR,
                               "--window", "1280x800", "--camera", "none", "--trace",
                               trace, *command, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL)
            if not command:
                cls.wait_for_fault(trace, broken)
                broken.terminate()
            broken.wait(PATIENCE_S)

    def told(self, level, words):
        return [line for line in self.lines
                if line.startswith("<%d>" % level) and words in line]

    def test_every_line_of_the_kiosk_has_a_level(self):
        own = [line for line in self.lines if "brugwachter-kiosk:" in line]
        self.assertGreater(len(own), 5)
        for line in own:
            self.assertRegex(line, r"^<[3-6]>brugwachter-kiosk: \S")

    def test_beginning_and_end_a_cut_and_a_damaged_file_are_told(self):
        self.assertTrue(self.told(6, "kiosk 1 begins"), self.lines)
        self.assertTrue(self.told(6, "it was told to end"), self.lines)
        self.assertTrue(self.told(4, "the run before was cut off"), self.lines)
        self.assertTrue(self.told(3, self.store), self.lines)

    def test_nobody_stands_in_it(self):
        text = "\n".join(self.lines).casefold()
        secrets = set(STRANGERS)
        for name in STRANGERS:
            secrets.update(name.split())
        for session in self.office.tickets:
            for row in self.office.tickets[session]:
                code = row["code"].replace("-", "")
                secrets.update((row["email"], row["text"], code,
                                code[:4] + "-" + code[4:],
                                row["first_name"] + " " + row["name"]))
                secrets.update(word for word in re.split(r"\W+", row["name"])
                               if len(word) > 4)
        self.assertGreater(len(secrets), 200)
        with open(CHECK_WORDS, encoding="utf-8") as file:
            words = set(re.findall(r'^    "([a-z]+)",', file.read(), re.M))
        self.assertEqual(len(words), 256)
        for secret in secrets - {""} - {word.capitalize() for word in words}:
            self.assertIsNone(re.search(r"(?<!\w)%s(?!\w)" % re.escape(secret.casefold()),
                                        text), secret)
        self.assertNotIn("bw1:", text)


if __name__ == "__main__":
    unittest.main()
