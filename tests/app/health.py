#!/usr/bin/env python3
"""`brugwachter-kiosk health`: what it says of stores that are well, and of others.

    tests/app/health.py BUILD
"""
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "walk"))
from office import SESSION, Office  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1))
KIOSK, SYNC = (os.path.join(BUILD, "bin", "brugwachter-" + name)
               for name in ("kiosk", "sync"))
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../assets/demo")
AT_THE_DOOR = "2025-03-18T13:10:00"
NOTHING = {"store", "log", "letters", "disk", "power", "version"}  # of the season


class Health(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.office = Office(os.path.join(cls.holder.name, "office"), SYNC, DATA)

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def setUp(self):
        self.store = os.path.join(self.holder.name, self.id() + ".db")
        self.office.store(self.store)

    def look(self, clock=AT_THE_DOOR, *more):
        done = subprocess.run([KIOSK, "--store", self.store, "--clock", clock, "health",
                               "--json", *more], capture_output=True, text=True,
                              check=False)
        said = json.loads(done.stdout)
        self.assertEqual(done.returncode,
                         ("ok", "warning", "critical").index(said["status"]))
        return said, {check["check"]: (check["status"], check["text"])
                      for check in said["checks"]}

    def door(self, *lines, end=True):
        """A day's commands; without an end it is killed once all were answered."""
        door = subprocess.Popen(
            [KIOSK, "--store", self.store, "--clock", AT_THE_DOOR, "door"], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for line in lines:
            door.stdin.write(line + "\n")
            door.stdin.flush()
            self.assertNotIn("error", json.loads(door.stdout.readline()))
        if not end:
            door.send_signal(signal.SIGKILL)
        door.communicate()

    def test_it_is_said_in_dutch_without_a_locale_and_to_programs_in_english(self):
        plain = dict(os.environ, LC_ALL="C.UTF-8")
        words = [KIOSK, "--store", self.store, "--clock", AT_THE_DOOR, "health"]
        for more, there in (([], "no events yet"),
                            (["--language", "nl"], "nog geen gebeurtenissen"),
                            (["--language", "nl", "--json"], "no events yet")):
            done = subprocess.run(words + more, capture_output=True, text=True,
                                  check=False, env=plain)
            self.assertIn(there, done.stdout)
        wrong = subprocess.run([KIOSK, "--nonsense", "--language=nl"], env=plain,
                               capture_output=True, text=True, check=False)
        self.assertIn("er is geen optie", wrong.stderr)
        self.assertEqual(wrong.returncode, 2)

    def test_a_kiosk_that_is_well_says_so_in_every_line(self):
        code = self.office.people("confirmed")[0]["code"]
        self.door("code\t" + code)
        said, checks = self.look()
        self.assertEqual({state for state, _ in checks.values()}, {"ok"}, checks)
        self.assertEqual(len(checks), 12)
        self.assertIn("serving " + SESSION, checks["roster"][1])
        self.assertIn("1 runs, all of them ended well", checks["power"][1])
        self.assertIn("1 events wait to be sent", checks["letters"][1])
        figures = said["figures"]
        self.assertEqual([figures[name] for name in ("events", "unsent", "cuts")],
                         [1, 1, 0])

    def test_the_text_has_the_sum_first_and_a_line_each(self):
        done = subprocess.run([KIOSK, "--store", self.store, "--clock", AT_THE_DOOR,
                               "health"], capture_output=True, text=True, check=False)
        lines = done.stdout.splitlines()
        self.assertEqual((done.returncode, lines[0], len(lines)), (0, "KIOSK OK", 13))
        self.assertRegex(lines[8], r"^ok        disk       \d+ MiB free$")

    def quiet(self, clock, *more):
        done = subprocess.run([KIOSK, "--store", self.store, "--clock", clock, "quiet",
                               *more], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.strip()

    def test_near_a_session_it_is_not_quiet(self):
        near = "not quiet: %s is less than " % SESSION
        for clock, hours, answer in (
                ("2025-03-18T08:00:00", "3", (0, "quiet")),
                ("2025-03-18T12:30:00", "3", (1, near + "3 hours away")),
                ("2025-03-18T14:30:00", "1", (1, near + "1 hours away")),
                ("2025-03-17T20:00:00", "24", (1, near + "24 hours away")),
                ("2025-03-19T09:00:00", "3", (0, "quiet"))):
            self.assertEqual(self.quiet(clock, "--hours", hours), answer, clock)
        self.assertEqual(self.quiet(AT_THE_DOOR, "--hours", "0")[0], 2)
        self.assertEqual(self.quiet(AT_THE_DOOR, "--hours")[0], 2)

    def test_after_a_check_in_and_with_a_clock_that_went_back_it_is_not_quiet(self):
        self.door("code\t" + self.office.people("confirmed")[0]["code"])
        said = "not quiet: something was recorded within 3 hours"
        self.assertEqual(self.quiet("2025-03-17T06:00:00"), (1, said))
        self.assertEqual(self.quiet("2025-03-19T06:00:00"), (0, "quiet"))

    def test_without_a_file_it_is_quiet_and_one_that_cant_be_read_isnt(self):
        os.remove(self.store)
        self.assertEqual(self.quiet(AT_THE_DOOR)[0], 0)
        with open(self.store, "w", encoding="utf-8") as file:
            file.write("no store")
        self.assertEqual(self.quiet(AT_THE_DOOR)[0], 3)

    def test_what_is_said_below_is_handed_on_by_the_services_own_process(self):
        with tempfile.TemporaryDirectory() as folder:
            manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self.addCleanup(manager.close)
            manager.settimeout(60)
            manager.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            manager.bind(os.path.join(folder, "notify"))
            speaker = ("import os, socket, sys; s = socket.socket(socket.AF_UNIX, "
                       "socket.SOCK_DGRAM); s.connect('\\0' + "
                       "os.environ['NOTIFY_SOCKET'][1:]); s.send(b'READY=1'); "
                       "sys.stdin.read(); sys.exit(7)")
            relay = subprocess.Popen(
                [KIOSK, "relay", "sh", "-c", "exec \"$@\"", "sh", sys.executable, "-c",
                 speaker], stdin=subprocess.PIPE,
                env=dict(os.environ, NOTIFY_SOCKET=os.path.join(folder, "notify")))
            words, [(_, _, sender)] = manager.recvmsg(64, 64)[:2]
            self.assertEqual((words, struct.unpack("iII", sender)[0]),
                             (b"READY=1", relay.pid))
            relay.stdin.close()
            self.assertEqual(relay.wait(60), 7)

    def test_the_relay_ends_with_its_command_and_the_command_with_it(self):
        for number, status in ((signal.SIGTERM, 128 + signal.SIGTERM),
                               (signal.SIGKILL, -signal.SIGKILL)):
            relay = subprocess.Popen(
                [KIOSK, "relay", "sh", "-c", "echo; exec cat"], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, env=dict(os.environ, NOTIFY_SOCKET="/nowhere"))
            relay.stdout.readline()
            relay.send_signal(number)
            self.assertEqual(relay.stdout.read(), b"")  # nobody has it open any more
            self.assertEqual(relay.wait(60), status)
            relay.stdin.close()
            relay.stdout.close()
        for command, status in ((["/no/such/thing"], 3), ([], 2)):
            done = subprocess.run([KIOSK, "relay", *command], capture_output=True,
                                  text=True, check=False)
            self.assertEqual(done.returncode, status, done.stderr)

    def test_without_a_manager_the_relay_is_the_command_and_outlives_its_starter(self):
        plain = {name: value for name, value in os.environ.items()
                 if name != "NOTIFY_SOCKET"}
        starter = subprocess.Popen(
            ["sh", "-c", "exec 3<&0; \"$@\" <&3 & wait", "sh", KIOSK, "relay", "sh", "-c",
             "echo begun; exec cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=plain)
        self.assertEqual(starter.stdout.readline(), b"begun\n")
        starter.kill()
        starter.wait(60)
        starter.stdin.write(b"still here\n")
        starter.stdin.close()
        self.assertEqual(starter.stdout.read(), b"still here\n")
        starter.stdout.close()

    def test_looking_writes_nothing_and_may_happen_beside_the_kiosk(self):
        self.door("code\t" + self.office.people("confirmed")[1]["code"])
        with open(self.store, "rb") as file:
            before = file.read()
        self.look("2025-03-18T14:30:00")  # places would be released by the clock
        with open(self.store, "rb") as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(self.look()[0]["figures"]["events"], 1)

    def test_a_power_cut_is_something_to_look_at_for_a_day(self):
        code = self.office.people("confirmed")[2]["code"]
        self.door("code\t" + code, end=False)
        self.door("counts")
        _, checks = self.look()
        self.assertEqual(checks["power"][0], "warning")
        self.assertIn("1 of 2 runs were cut off", checks["power"][1])
        _, checks = self.look("2025-03-19T13:20:00")
        self.assertEqual(checks["power"][0], "ok")

    def test_events_that_nobody_fetches_get_worse_by_the_day(self):
        self.door("code\t" + self.office.people("confirmed")[3]["code"])
        for clock, state in (("2025-03-19T12:00:00", "ok"),
                             ("2025-03-20T12:00:00", "warning"),
                             ("2025-03-26T12:00:00", "critical")):
            self.assertEqual(self.look(clock)[1]["letters"][0], state, clock)

    def test_an_enrolment_that_is_over_and_a_silent_office_are_told(self):
        _, checks = self.look("2025-04-20T12:00:00")
        self.assertEqual(checks["enrolment"][0], "warning")
        self.assertIn("expired 2025-03-18T", checks["enrolment"][1])
        self.assertEqual(checks["office"][0], "warning")
        self.assertEqual({checks[name][0] for name in NOTHING}, {"ok"}, checks)

    def test_a_clock_before_the_offices_is_wrong(self):
        said, checks = self.look("2025-03-01T12:00:00")
        self.assertEqual((said["status"], checks["clock"][0]), ("critical", "critical"))

    def test_no_camera_is_right_where_none_is_wanted(self):
        self.assertEqual(self.look(AT_THE_DOOR, "--camera", "none")[1]["camera"],
                         ("ok", "none is wanted"))

    def test_a_damaged_file_is_wrong_and_says_what_to_do(self):
        with open(self.store, "r+b") as file:
            file.seek(0)
            file.write(b"no database at all")
        said, checks = self.look()
        self.assertEqual((said["status"], list(checks)), ("critical", ["store"]))
        self.assertNotIn("figures", said)

    def test_no_store_is_wrong_and_a_wrong_use_is_a_plugins_unknown(self):
        self.store = os.path.join(self.holder.name, "none.db")
        _, checks = self.look()
        self.assertIn("none.db", checks["store"][1])
        done = subprocess.run([KIOSK, "health", "--jsn"], capture_output=True, text=True,
                              check=False)
        self.assertEqual((done.returncode, done.stdout), (3, ""))
        done = subprocess.run([KIOSK, "health"], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("no kiosk file was named", done.stdout)

    def test_nobodys_name_stands_in_it(self):
        self.door("code\t" + self.office.people("confirmed")[4]["code"],
                  "walk-in\tXanthippe Quispel\tOBS Verweg\tNoord\tyes")
        done = subprocess.run([KIOSK, "--store", self.store, "--clock", AT_THE_DOOR,
                               "health"], capture_output=True, text=True, check=False)
        for row in self.office.tickets[SESSION]:
            self.assertNotIn(row["code"], done.stdout)
            self.assertNotIn(row["name"], done.stdout)
        self.assertNotIn("Quispel", done.stdout)


if __name__ == "__main__":
    unittest.main()
