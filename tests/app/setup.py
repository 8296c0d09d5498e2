#!/usr/bin/env python3
"""`brugwachter-kiosk setup` on a pseudo terminal: what it asks, keeps, shows and writes.

    tests/app/setup.py BUILD
"""
import os
import pty
import select
import signal
import stat
import subprocess
import sys
import tempfile
import termios
import time
import unittest

BUILD = os.path.abspath(sys.argv.pop(1))
KIOSK = os.path.join(BUILD, "bin", "brugwachter-kiosk")
PATIENCE_S = 60
QUESTIONS = 15  # without a label printer


class Terminal:
    """The program on a terminal of its own."""

    def __init__(self, *arguments):
        self.said, self.left = "", None  # how it left the terminal
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execv(KIOSK, [KIOSK, *arguments])

    def _more(self, until):
        left_s = max(0, until - time.monotonic())
        if not select.select([self.terminal], [], [], left_s)[0]:
            raise AssertionError("nothing more came after: " + self.said[-400:])
        try:
            got = os.read(self.terminal, 4096)
        except OSError:  # Linux' end of a terminal
            got = b""
        self.said += got.decode("utf-8", "replace").replace("\r\n", "\n")
        return got != b""

    def type(self, keys):
        """Once the program waits for an answer."""
        until = time.monotonic() + PATIENCE_S
        while not self.said.endswith("> "):
            if not self._more(until):
                raise AssertionError("it ended after: " + self.said[-400:])
        self.said += "\n"
        os.write(self.terminal, keys.encode())

    def answer(self, *lines):
        for line in lines:
            self.type(line + "\n")

    def end(self):
        """What it said, and its exit status."""
        until = time.monotonic() + PATIENCE_S
        while self._more(until):
            pass
        self.left = termios.tcgetattr(self.terminal)
        os.close(self.terminal)
        return self.said, os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class Setup(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        self.path = os.path.join(self.folder, "kiosk.ini")

    def run_with(self, *lines, check=False):
        terminal = Terminal("--settings", self.folder, "setup",
                            *(["--check"] if check else []))
        terminal.answer(*lines)
        return terminal.end()

    def put(self, text):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(text)

    def kept(self):
        with open(self.path, encoding="utf-8") as file:
            return file.read()

    def test_enter_everywhere_writes_what_the_kiosk_does_anyway(self):
        said, status = self.run_with(*[""] * (QUESTIONS + 1))
        self.assertEqual(status, 0, said)
        self.assertEqual(self.kept(), "[kiosk]\nlanguage = nl\n"
                         "store = /var/lib/brugwachter/kiosk.db\ncamera-at = top\n\n"
                         "[sync]\nstore = /var/lib/brugwachter/kiosk.db\n\n"
                         "[seat]\nrotate = 0\ntouch = turned\nkeyboard = us\n")
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o644)
        self.assertEqual(os.listdir(self.folder), ["kiosk.ini"])
        self.assertIn("houd dan de QR-code", said)

    def test_what_is_answered_is_what_the_kiosk_reads(self):
        said, status = self.run_with("2", "/srv/k.db", "none", "2", "345", "2", "fixed",
                                     "us(intl)", "y", "ja", "n",
                                     "j", "dymo", "2", "office", "no", "")
        self.assertEqual(status, 0, said)
        for line in ("language = en", "store = /srv/k.db", "camera = none",
                     "camera-at = bottom", "width-mm = 345", "rotate = 90",
                     "touch = fixed", "keyboard = us(intl)", "larger = yes", "mute = yes",
                     "names-by-staff = yes", "label-printer = dymo", "label-size = 89x36",
                     "list-printer = office", "lan = off"):
            self.assertIn(line + "\n", self.kept())
        self.assertNotIn("no-counter", self.kept())
        self.assertIn("Which camera reads the tickets?", said)  # in the language chosen
        done = subprocess.run([KIOSK, "--settings", self.folder, "door"], text=True,
                              capture_output=True, check=False, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 3)  # every line is one that the kiosk takes
        self.assertIn("/srv/k.db", done.stderr)

    def test_an_answer_that_cant_be_is_asked_for_again(self):
        said, status = self.run_with("xx", "nl", "k.db", "", "7000", "", "5", "top",
                                     "abc", "50", "300", "45", "180", "1 2 3", "", "us;",
                                     "de", "misschien", "", "", "", "",
                                     "a;b", "-", "", "", "")
        self.assertEqual(status, 0, said)
        for wrong in ("xx", "k.db", "7000", "5", "abc", "50", "45", "1 2 3", "us;",
                      "misschien", "a;b"):
            self.assertIn("“%s” kan hier niet" % wrong, said)
        self.assertIn("width-mm = 300\n", self.kept())

    def test_other_lines_and_comments_stay_as_they_are(self):
        self.put("; ours\n[kiosk]\nstaff-timeout = 90 ; short\nmute = yes\n"
                 "camera = v4l2:/dev/video7\n\n[other]\ncamera = x\n")
        said, status = self.run_with(*[""] * 9, "nee", "", "", "", "", "",
                                     "ja")
        self.assertEqual(status, 0, said)
        self.assertEqual(self.kept(), "; ours\n[kiosk]\nstaff-timeout = 90 ; short\n"
                         "camera = v4l2:/dev/video7\nlanguage = nl\n"
                         "store = /var/lib/brugwachter/kiosk.db\ncamera-at = top\n\n"
                         "[other]\ncamera = x\n\n[sync]\n"
                         "store = /var/lib/brugwachter/kiosk.db\n\n"
                         "[seat]\nrotate = 0\ntouch = turned\nkeyboard = us\n")

    def test_what_stands_there_is_read_as_the_kiosk_reads_it(self):
        self.put("[kiosk]\ncamera = none\nmute = false\nlarger = on\n")
        said, status = self.run_with("en", "", "-", *[""] * (QUESTIONS - 3), "yes")
        self.assertEqual(status, 0, said)
        self.assertIn("Begin with larger text?\n[yes]", said)
        self.assertIn("Without sound?\n[no]", said)
        self.assertNotIn("camera =", self.kept())

    def test_a_file_that_is_there_is_not_replaced_without_a_yes(self):
        before = "[kiosk]\nlanguage = de\n"
        for answer in ("", "nein", "n"):
            self.put(before)
            said, status = self.run_with(*[""] * QUESTIONS, answer)
            self.assertEqual((status, self.kept()), (3, before), said)
            self.assertIn("Nichts wurde geschrieben.", said)

    def test_check_shows_what_would_be_written_and_writes_nothing(self):
        said, status = self.run_with("en", *[""] * (QUESTIONS - 1), check=True)
        self.assertEqual(status, 0, said)
        self.assertIn("[kiosk]\nlanguage = en\n", said)
        self.assertIn("Only looked: nothing was written.", said)
        self.assertEqual(os.listdir(self.folder), [])

    def test_the_same_answers_again_write_nothing(self):
        self.run_with(*[""] * (QUESTIONS + 1))
        before = os.stat(self.path).st_ino
        said, status = self.run_with(*[""] * QUESTIONS)
        self.assertEqual((status, os.stat(self.path).st_ino), (0, before), said)
        self.assertIn("er is niets te schrijven", said)

    def test_broken_off_it_writes_nothing(self):
        said, status = self.run_with("", "", "\x04")
        self.assertEqual(status, 3, said)
        self.assertIn('afgebroken bij "camera"', said)
        self.assertEqual(os.listdir(self.folder), [])

    def test_interrupted_at_any_question_it_leaves_file_and_terminal_alone(self):
        self.put("; ours\n[kiosk]\nmute = yes\n")
        before = self.kept()
        for asked in range(QUESTIONS + 1):  # the last one: whether to write
            terminal = Terminal("--settings", self.folder, "setup")
            terminal.answer(*[""] * asked)
            found = termios.tcgetattr(terminal.terminal)
            terminal.type("\x03")
            said, status = terminal.end()
            self.assertEqual((status, terminal.left), (-signal.SIGINT, found), said)
            self.assertEqual((os.listdir(self.folder), self.kept()),
                             (["kiosk.ini"], before), said)

    def test_a_folder_that_is_a_file_is_told(self):
        self.put("[kiosk]\n")
        self.folder = os.path.join(self.folder, "kiosk.ini")
        said, status = self.run_with()
        self.assertEqual(status, 2, said)  # the kiosk reads it first
        self.assertIn("Give another folder", said)

    def test_who_may_not_write_there_hears_so_before_any_question(self):
        self.folder = "/proc/self"  # not even root may
        said, status = self.run_with()
        self.assertEqual(status, 3, said)
        self.assertIn("/proc/self/kiosk.ini", said)
        self.assertNotIn("> ", said)

    def test_the_seat_of_the_settings_is_written_without_a_terminal(self):
        self.put("[kiosk]\nmute = yes\n[seat]\nrotate = 270\nkeyboard = nl\n")
        seat = os.path.join(self.folder, "run", "seat")
        command = [KIOSK, "--settings", self.folder, "setup", "--seat", seat]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        with open(seat, encoding="utf-8") as file:
            self.assertEqual(file.read(), "BW_CAGE_OPTIONS=-r\n"
                             "XKB_DEFAULT_LAYOUT=nl\n"
                             "LIBINPUT_CALIBRATION_MATRIX=0 -1 1 1 0 0\n")
        self.put("[seat]\nrotate = a quarter\n")
        done = subprocess.run(command, check=False, text=True, capture_output=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn('rotate can\'t be "a quarter"', done.stderr)

    def test_without_a_terminal_it_asks_nothing(self):
        done = subprocess.run([KIOSK, "--settings", self.folder, "setup"], text=True,
                              capture_output=True, check=False, stdin=subprocess.DEVNULL)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("there is no terminal to ask them on", done.stderr)


if __name__ == "__main__":
    unittest.main()
