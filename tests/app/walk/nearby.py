#!/usr/bin/env python3
"""Two kiosks at one door and no road to the office: they reach each other by the local
network, by addresses that are given and by Avahi, over a cable that is pulled.

    tests/app/walk/nearby.py BUILD

What needs network namespaces, or Avahi in them, is skipped where they can't be had, and
says so. Nothing here touches this machine's own network but its loopback.
"""
import os
import socket
import subprocess
import sys
import tempfile
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.abspath(HERE + "/../../..")
from pair import Pair  # noqa: E402

BUILD = os.path.abspath(sys.argv.pop(1) if len(sys.argv) > 1 else TOP + "/build")
SEEN_S = 2           # until the other kiosk has an event, in one of these
TRIES = 10
ASKED_S = 0.1        # between two that are told who leads: each writes an event
SAID_S = 240         # until `run` says that the network is gone
WAIT_S = 240         # for what takes seconds
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_destination="*"/>
<allow send_type="method_call"/><allow receive_sender="*"/></policy></busconfig>
"""
APART = ["-n", "-m", "-p", "-f", "--kill-child", "--mount-proc"]


def apart():
    """Words that run a program apart from this machine's network; None: can't be had."""
    for words in (["unshare", *APART], ["unshare", "-Ur", *APART]):
        try:
            tried = subprocess.run([*words, "ip", "link", "add", "bwt0", "type", "veth",
                                    "peer", "name", "bwt1"], capture_output=True)
        except OSError:
            return None
        if tried.returncode == 0:
            return words
    return None


def free_ports():
    """Two of loopback that nobody listens at now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Place:
    """A machine of its own: network, /run, and a bus and Avahi where they can be had."""

    def __init__(self, folder, number):
        self.number, self.parts, self.log = number, [], ""
        self.address = "10.57.0.%d" % (number + 1)
        self.link = "bwv%d" % number
        self.holder = self.begin(
            ["unshare", "-n", "-m", "sh", "-c", "mount --make-rprivate / && mount -t "
             "tmpfs tmpfs /run && mkdir /run/dbus /run/avahi-daemon && echo && exec cat"],
            "")
        self.holder.stdout.readline()
        self.inside = ["nsenter", "-t", str(self.holder.pid), "-n", "-m", "--"]
        self.log = os.path.join(folder, "place%d" % number)

    def begin(self, words, name):
        log = open(self.log + name, "w") if name else None
        part = subprocess.Popen(words, stdin=subprocess.PIPE, stderr=subprocess.STDOUT,
                                stdout=log or subprocess.PIPE)
        if log:
            log.close()
        self.parts.append(part)
        return part

    def said(self):
        with open(self.log + ".avahi") as text:
            return text.read()

    def do(self, *words):
        subprocess.run([*self.inside, *words], check=True)

    def wire(self):
        self.do("ip", "link", "set", "lo", "up")
        self.do("ip", "address", "add", self.address + "/24", "dev", self.link)
        self.plug(True)

    def plug(self, on):
        self.do("ip", "link", "set", self.link, "up" if on else "down")

    def announce(self, bus):
        """False: this machine can't run Avahi here."""
        self.begin([*self.inside, "dbus-daemon", "--nofork", "--config-file=" + bus],
                   ".bus")
        began = time.monotonic()
        avahi = None
        while time.monotonic() - began < WAIT_S:
            if avahi is None or avahi.poll() is not None:  # the bus wasn't there yet
                time.sleep(0.2)
                avahi = self.begin([*self.inside, "avahi-daemon", "--no-drop-root",
                                    "--no-chroot", "--no-rlimits", "-f", "/dev/null"],
                                   ".avahi")
            if "Server startup complete" in self.said():
                return True
            time.sleep(0.1)
        return False

    def end(self):
        for part in reversed(self.parts):
            part.kill()
            part.wait()
            for end in (part.stdin, part.stdout):
                if end:
                    end.close()


class Nearby(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="bw-nearby-")
        cls.addClassCleanup(folder.cleanup)
        cls.made = Pair(folder.name, BUILD, TOP + "/assets/demo")
        cls.made.keep()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="bw-nearby-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.next_person = iter(self.made.people)

    def two_kiosks(self, insides=((), ())):
        self.made.begin_anew(insides)
        self.addCleanup(self.made.end)
        return self.made

    def pair(self, words, insides=((), ())):
        pair = self.two_kiosks(insides)
        for kiosk, more in zip(pair.kiosks, words):
            kiosk.begin(*more)
        for kiosk in pair.kiosks:
            kiosk.await_state("all", WAIT_S)
        return pair

    def places(self):
        if os.environ.get("BW_APART") != "1":
            self.skipTest("no network namespaces are to be had here")
        places = [Place(self.folder, number) for number in (0, 1)]
        for place in places:
            self.addCleanup(place.end)
        subprocess.run(["ip", "link", "add", "bwv0", "type", "veth", "peer", "name",
                        "bwv1"], check=True)
        for place in places:
            subprocess.run(["ip", "link", "set", place.link, "netns",
                            str(place.holder.pid)], check=True)
            place.wire()
        return places

    def seen_after_s(self, pair, at):
        here, there = pair.kiosks[at], pair.kiosks[1 - at]
        person = next(self.next_person)
        self.assertEqual(here.ask("scan", person["text"])["verdict"], "welcome")
        present = here.ask("counts")["present"]
        took_s = there.await_true(lambda desk: desk.ask("counts")["present"] == present,
                                  WAIT_S)
        answer = there.ask("scan", person["text"])
        self.assertEqual(answer["verdict"], "already_in")
        self.assertEqual(answer["device"], here.ask("scan", person["text"])["device"])
        return took_s

    def seen_at_the_other(self, pair, at, within_s=SEEN_S):
        """Each time; and in one of several as soon as that, for the machine may do other
        things meanwhile."""
        tries = [self.seen_after_s(pair, at)]
        while min(tries) > within_s:
            self.assertLess(len(tries), TRIES, "each took long: %s" % tries)
            tries.append(self.seen_after_s(pair, at))

    def gives_a_place(self, desk):
        """False: not yet. Who doesn't lead names who does as long as it hasn't heard
        lately that the other has heard it: anew, after a machine stood still."""
        asked = desk.ask("offers")
        if asked["free"] <= 0:
            return False
        answer = desk.ask("waitlist", asked["offers"][0]["code"])
        if answer["verdict"] == "full" and answer.get("lead"):
            time.sleep(ASKED_S)
            return False
        self.assertEqual(answer["verdict"], "welcome")
        return True

    def test_by_given_addresses_both_admit_once_and_both_give_places(self):
        ports = free_ports()
        pair = self.pair([["--lan-port", str(ports[i]), "--lan-peers",
                           "127.0.0.1:%d" % ports[1 - i]] for i in (0, 1)])
        self.seen_at_the_other(pair, 0)
        self.seen_at_the_other(pair, 1)
        self.assertEqual(pair.kiosks[0].ask("release")["verdict"], "released")
        for kiosk in pair.kiosks:
            kiosk.await_true(self.gives_a_place, WAIT_S)
            present = kiosk.ask("counts")["present"]
            for other in pair.kiosks:  # or it would still offer the same place
                other.await_true(lambda desk: desk.ask("counts")["present"] == present,
                                 WAIT_S)

    def test_off_by_a_setting_nothing_is_served(self):
        settings = os.path.join(self.folder, "settings")
        os.mkdir(settings)
        with open(os.path.join(settings, "sync.ini"), "w") as out:
            out.write("[sync]\nlan = off\n")
        pair = self.two_kiosks()
        ports = free_ports()
        pair.kiosks[0].begin("--lan-port", str(ports[0]), "--settings", settings)
        pair.kiosks[1].begin("--lan-port", str(ports[1]), "--lan-peers",
                             "127.0.0.1:%d" % ports[0])
        pair.kiosks[1].await_state("alone", SAID_S)
        self.assertEqual(pair.kiosks[0].states(), [])
        self.assertFalse(os.path.exists(pair.kiosks[0].store + ".lan"))

    def test_over_a_cable_that_is_pulled_and_put_back(self):
        places = self.places()
        pair = self.pair([["--lan-peers", places[1 - i].address] for i in (0, 1)],
                         [place.inside for place in places])
        self.seen_at_the_other(pair, 0)
        places[0].plug(False)
        for kiosk in pair.kiosks:
            kiosk.await_state("lost", SAID_S)
        person = next(self.next_person)
        self.assertEqual(pair.kiosks[0].ask("scan", person["text"])["verdict"], "welcome")
        places[0].plug(True)
        for kiosk in pair.kiosks:
            kiosk.await_state("all", WAIT_S)
        present = pair.kiosks[0].ask("counts")["present"]
        pair.kiosks[1].await_true(lambda desk: desk.ask("counts")["present"] == present,
                                  WAIT_S)
        self.assertEqual(
            pair.kiosks[1].ask("scan", person["text"])["verdict"], "already_in")

    def test_over_a_line_that_loses_a_third(self):
        places = self.places()
        pair = self.pair([["--lan-peers", places[1 - i].address] for i in (0, 1)],
                         [place.inside for place in places])
        try:
            for place in places:
                place.do("tc", "qdisc", "add", "dev", place.link, "root", "netem", "loss",
                         "33%")
        except (subprocess.CalledProcessError, OSError):
            self.skipTest("this kernel has no netem")
        for i in range(3):
            self.seen_at_the_other(pair, i % 2, WAIT_S)

    def test_by_avahi_they_find_each_other(self):
        places = self.places()
        bus = os.path.join(self.folder, "bus.conf")
        with open(bus, "w") as out:
            out.write(BUS)
        try:
            if not all([place.announce(bus) for place in places]):
                self.skipTest("Avahi can't be run here: " + places[0].said()[-300:])
        except OSError as why:
            self.skipTest("Avahi isn't installed: %s" % why)
        pair = self.pair([[], []], [place.inside for place in places])
        self.seen_at_the_other(pair, 0)
        self.seen_at_the_other(pair, 1)
        places[1].plug(False)
        for kiosk in pair.kiosks:
            kiosk.await_state("lost", SAID_S)
        places[1].plug(True)
        for kiosk in pair.kiosks:
            kiosk.await_state("all", WAIT_S)
        self.seen_at_the_other(pair, 0)


if __name__ == "__main__":
    WORDS = apart() if "BW_APART" not in os.environ else None
    if WORDS:
        os.environ["BW_APART"] = "1"
        sys.exit(subprocess.run([*WORDS, sys.executable, os.path.abspath(__file__), BUILD,
                                 *sys.argv[1:]]).returncode)
    if os.environ.get("BW_APART") == "1":
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    unittest.main(verbosity=2)
