"""Two kiosks at one door without the office: both enrolled and pulled, then the office's
folder of letters is taken away, and what is left is the network between them; or another
carrier, by which they are enrolled then."""
import json
import os
import shutil
import signal
import subprocess
import time

from office import Office, SESSION

CLOCK = "2025-03-18T13:10:00"
STOOD_STILL_S = 1.0   # so long no question takes


class Kiosk:
    """Its store, `run` beside it, and a desk behind a pipe. `inside` are words that run a
    program elsewhere: in a network namespace of its own."""

    def __init__(self, office, kiosk, number, store, inside=()):
        self.office, self.kiosk, self.number, self.store = office, kiosk, number, store
        self.inside = list(inside)
        self.run = self.door = None
        self.stood_still = 0   # times
        self.log = store + ".run"

    def begin(self, *words):
        with open(self.log, "w") as out:
            self.run = subprocess.Popen(
                [*self.inside, self.office.sync, "--store", self.store, "--clock", CLOCK,
                 "run", "--json", *words], stdout=out, stderr=subprocess.STDOUT)
        self.door = subprocess.Popen(
            [self.kiosk, "door", "--store", self.store, "--clock", CLOCK], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=1)

    def ask(self, *words):
        self.door.stdin.write("\t".join(words) + "\n")
        return json.loads(self.door.stdout.readline())

    def states(self):
        """What `run` said of the local network, oldest first."""
        with open(self.log) as lines:
            said = [json.loads(line) for line in lines if line.startswith("{")]
        return [line for line in said if "lan" in line]

    def await_state(self, state, within_s):
        """Seconds until it says so."""
        began = time.monotonic()
        while time.monotonic() - began < within_s:
            said = self.states()
            if said and said[-1]["lan"] == state:
                return time.monotonic() - began
            if self.run.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError("kiosk %d doesn't say %s within %d s: %s" % (
            self.number, state, within_s, open(self.log).read()[-2000:]))

    def await_true(self, what, within_s):
        """Seconds until what the desk is asked holds; it is asked all the time. Where this
        program itself stood still between two questions (a machine that slept, processes
        that were stopped), that isn't counted: the kiosks did nothing in it, either."""
        began = last = time.monotonic()
        while last - began < within_s:
            if what(self):
                return time.monotonic() - began
            now = time.monotonic()
            if now - last > STOOD_STILL_S:
                self.stood_still += 1
                began += now - last
            last = now
        raise AssertionError("kiosk %d: not within %d s; its run said last: %s" % (
            self.number, within_s, self.said_last()))

    def said_last(self):
        with open(self.log) as said:
            return said.read()[-1000:]

    def end(self):
        if self.door is not None:
            self.door.stdin.close()
            self.door.wait(timeout=240)
            self.door.stdout.close()
        if self.run is not None:
            self.run.send_signal(signal.SIGTERM)
            self.run.wait(timeout=240)
        self.door = self.run = None


class Pair:
    """The kiosks; the first leads. `insides` as Kiosk's; `carrier` is an address, and
    `netrc` the text of the file with its login."""

    def __init__(self, folder, build, data, insides=((), ()), carrier=None, netrc=None):
        sync = os.path.join(build, "bin/brugwachter-sync")
        kiosk = os.path.join(build, "bin/brugwachter-kiosk")
        self.office = office = Office(os.path.join(folder, "office"), sync, data)
        if netrc:
            with open(os.open(office.central + ".netrc", os.O_WRONLY | os.O_CREAT, 0o600),
                      "w") as out:
                out.write(netrc)
        by = ["--carrier", carrier] if carrier else []
        stores = [] if carrier else [office.first]
        while len(stores) < 2:
            name = "Zuil %d" % (len(stores) + 2)
            stores.append(os.path.join(office.folder, name + ".db"))
            office.at_venue(stores[-1], "enrol-device",
                            office.enrol(name, name + ".json", *by))
        for store in stores * 2:
            office.at_venue(store, "sync")   # the office takes their introductions in …
            office.at_office("merge", ok=(0, 1))
            office.at_office("status", ok=(0, 1))
        for store in stores:
            office.at_venue(store, "pull")   # … and they know each other's keys
        os.rename(office.central + ".letters", office.central + ".away")
        self.program, self.stores = kiosk, stores
        self.people = office.people("confirmed", SESSION)
        self.kiosks = []
        self.furnish(insides)

    def furnish(self, insides):
        self.kiosks = [Kiosk(self.office, self.program, i + 1, store, insides[i])
                       for i, store in enumerate(self.stores)]

    def keep(self):
        """As they are now, for begin_anew()."""
        shutil.copytree(self.office.folder, self.office.folder + ".kept")

    def begin_anew(self, insides=((), ())):
        """As they were kept, whatever happened since: making them takes longer."""
        self.end()
        shutil.rmtree(self.office.folder)
        shutil.copytree(self.office.folder + ".kept", self.office.folder)
        self.furnish(insides)

    def end(self):
        for kiosk in self.kiosks:
            kiosk.end()
