"""A running kiosk on a display of its own: touched, typed at, looked at. It is waited for by
what it says of itself in its trace (a pipe: nothing polls, nothing sleeps)."""
import ctypes
import os
import re
import select
import signal
import sqlite3
import subprocess
import time

PATIENCE_S = 240     # for what takes milliseconds
WHOLE = "whole"  # not a window of some size

# An event's bytes, as bw_event_encode (kiosk/core/event/event.c) writes them.
KIND_AT = 57
KINDS = "- arrived refused waiting undone left released note".split()
BASES = "- ticket code name waitlist guest walk_in substitute paper".split()
VERDICTS = ("not_a_ticket forged blocked replaced already_in other_session cancelled "
            "too_early session_over waitlisted full welcome").split()

KEYS = ("Tab Return Escape BackSpace Prior Next Left Right Up Down space F1 F5 F11 Menu "
        "Print alt+F4 alt+Tab ctrl+c ctrl+q ctrl+w ctrl+alt+t ctrl+alt+F2 super").split()


class Missing(Exception):
    """The kiosk did not show what was expected."""


class Door:
    def __init__(self, folder, kiosk, size, clock=None):
        """`clock` is steady_clock.c's library, by which a machine that stood still keeps
        nobody from what stands on the screen for seconds."""
        self.folder, self.kiosk, self.size, self.clock = folder, kiosk, size, clock
        self.process = self.pipe = None
        self.lines, self.seen, self.rest = [], 0, ""
        self.pictures = 0
        self.voice, self.said = None, ""
        os.makedirs(folder)
        self.log = open(os.path.join(folder, "kiosk.log"), "wb")
        ready, told = os.pipe()
        self.display_process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(told), "-screen", "0",
             "%dx%dx24" % size, "-nolisten", "tcp", "-noreset",
             "-ardelay", "3600000"],  # a key that is down as it stands still stays one
            pass_fds=[told], stdout=self.log, stderr=self.log)
        os.close(told)
        with os.fdopen(ready) as display:
            number = display.readline().strip()
        if not number:
            raise Missing("the virtual display did not start")
        self.environment = dict(os.environ, DISPLAY=":" + number, SDL_AUDIODRIVER="dummy",
                                TZ="Europe/Amsterdam")
        self.environment.pop("WAYLAND_DISPLAY", None)

    # ---- its life ----

    def timed(self):
        """What the kiosk is started in."""
        if not self.clock:
            return self.environment
        kept = os.path.join(self.folder, "clock")
        if not os.path.exists(kept):
            with open(kept, "wb") as file:
                file.write(bytes(64))
        asan = os.environ.get("ASAN_OPTIONS", "")  # it wants to be the first library
        return dict(self.environment, LD_PRELOAD=self.clock, BW_STEADY_CLOCK=kept,
                    ASAN_OPTIONS=asan + ":verify_asan_link_order=0")

    def open(self, store, camera="none", clock="2025-03-18T13:10:00", *more, window=None):
        window = window or "%dx%d" % self.size
        path = os.path.join(self.folder, "trace")
        if not os.path.exists(path):
            os.mkfifo(path)
        self.pipe = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.rest = ""
        self.process = subprocess.Popen(
            [self.kiosk, "--store", store, "--camera", camera, "--clock", clock,
             *(() if window is WHOLE else ("--window", window)),
             "--usb-root", self.folder, "--settings", self.folder, "--trace", path, *more],
            env=self.timed(), stdin=subprocess.DEVNULL, stdout=self.log,
            stderr=self.log)

    def close(self, how=signal.SIGTERM):
        """Ends the kiosk; its trace's last line, or None where it was killed."""
        self.process.send_signal(how)
        while self.read(PATIENCE_S):
            pass
        status = self.process.wait(PATIENCE_S)
        os.close(self.pipe)
        self.process = self.pipe = None
        self.seen = len(self.lines)
        if how == signal.SIGKILL:
            return None
        if status != 0:
            raise Missing("the kiosk ended with status %d" % status)
        return self.lines[-1]

    def end(self):
        for process in (self.process, self.display_process):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait()
        for pipe in (self.pipe, self.voice):
            if pipe is not None:
                os.close(pipe)
        with open(os.path.join(self.folder, "trace.txt"), "w") as out:
            out.writelines(line + "\n" for line in self.lines)
        self.log.close()

    # ---- what it says ----

    def read(self, seconds):
        """Takes in what the kiosk wrote meanwhile; False at the trace's end."""
        readable, _, _ = select.select([self.pipe], [], [], max(0, seconds))
        if not readable:
            raise Missing("nothing more was shown")
        try:
            some = os.read(self.pipe, 65536)
        except BlockingIOError:
            return True
        if not some and self.process.poll() is None and not self.lines:
            time.sleep(0.01)  # nobody has opened the other end yet
            return True
        *whole, self.rest = (self.rest + some.decode()).split("\n")
        self.lines += whole
        return bool(some)

    def see(self, pattern, seconds=PATIENCE_S):
        """Waits for the next line that fits, from where the last wait ended."""
        wanted = re.compile(r"^\d+ (?:%s)" % pattern)
        until = time.monotonic() + seconds
        while True:
            for at in range(self.seen, len(self.lines)):
                if wanted.search(self.lines[at]):
                    self.seen = at + 1
                    return self.lines[at]
            try:
                if not self.read(until - time.monotonic()):
                    raise Missing("the kiosk ended")
            except Missing as why:
                raise Missing("%s while waiting for `%s`; last: %s" % (
                    why, pattern, self.words())) from None

    def words(self):
        return self.lines[-1].split("\t")[0] if self.lines else "nothing"

    def place(self, target):
        """Where a target is, by the newest line of the trace."""
        name = target if ":" in target else target + ":0"
        until = time.monotonic() + PATIENCE_S
        while True:
            found = re.search(r"[\t ]%s@(\d+),(\d+)" % re.escape(name), self.lines[-1])
            if found:
                return found.groups()
            try:
                self.read(until - time.monotonic())
            except Missing:
                raise Missing("nothing to touch for %s on: %s" % (
                    target, self.words())) from None

    def has(self, target):
        return " %s@" % target in self.lines[-1].replace("\t", " ")

    def listen(self):
        """From now on the voice comes here: how it is started, and what it is to say."""
        path = os.path.join(self.folder, "voice")
        os.makedirs(path)
        os.mkfifo(path + "/said")
        with open(path + "/espeak-ng", "w") as script:
            script.write("#!/bin/sh\n{ echo \"$@\"; cat; } >'%s/said'\n" % path)
        os.chmod(path + "/espeak-ng", 0o755)
        self.voice = os.open(path + "/said", os.O_RDWR)
        self.environment["PATH"] = path + ":" + self.environment["PATH"]

    def hear(self, pattern):
        """Waits till that was said, after what was heard before; all up to there."""
        while True:
            found = re.search(pattern, self.said)
            if found:
                heard, self.said = self.said[:found.end()], self.said[found.end():]
                return heard
            if not select.select([self.voice], [], [], PATIENCE_S)[0]:
                raise Missing("not heard: `%s`; but: %s" % (pattern, self.said))
            self.said += os.read(self.voice, 65536).decode()

    def wrote(self, store):
        """What the closed kiosk wrote down: each event's kind, and its basis or verdict."""
        with sqlite3.connect("file:%s?mode=ro" % store, uri=True) as file:
            rows = file.execute("SELECT bytes FROM own_event ORDER BY seq").fetchall()
        events = []
        for (event,) in rows:
            kind, basis, verdict = event[KIND_AT:KIND_AT + 3]
            detail = {"arrived": BASES[basis], "refused": VERDICTS[verdict]}
            events.append(" ".join((KINDS[kind], detail.get(KINDS[kind], ""))).strip())
        return events

    # ---- hands ----

    def xdotool(self, *words):
        subprocess.run(["xdotool", *words], env=self.environment, check=True,
                       timeout=PATIENCE_S)

    def touch(self, *targets):
        for target in targets:
            x, y = self.place(target)
            self.xdotool("mousemove", x, y, "click", "1")

    def hold(self, target):
        self.xdotool("mousemove", *self.place(target), "mousedown", "1")

    def let_go(self):
        self.xdotool("mouseup", "1")

    def drag(self, target, by_px):
        """Up and down, from where the target is."""
        x, y = self.place(target)
        self.xdotool("mousemove", x, y, "mousedown", "1",
                     "mousemove", x, str(int(y) + by_px), "mouseup", "1")

    def touch_key(self, character, shows):
        self.touch("key:%d" % ord(character))
        self.see(shows)

    def type(self, text):
        """As a person types."""
        self.xdotool("type", "--delay", "70", text)

    def key(self, name):
        self.xdotool("key", name)

    def press(self, *targets):
        """By keyboard alone: Tab until the ring is about the target, then Enter."""
        for target in targets:
            name = target if ":" in target else target + ":0"
            for _ in range(60):
                self.place(target)
                if re.search(r"[\t ]%s@\d+,\d+\*" % re.escape(name), self.lines[-1]):
                    break
                before = len(self.lines)
                self.key("Tab")
                self.more_than(before, target)
            else:
                raise Missing("Tab never comes to %s on: %s" % (target, self.words()))
            self.key("Return")

    def more_than(self, count, what):
        until = time.monotonic() + PATIENCE_S
        while len(self.lines) <= count:
            try:
                self.read(until - time.monotonic())
            except Missing:
                raise Missing("Tab does nothing before %s on: %s" % (
                    what, self.words())) from None

    def scan(self, text):
        """As a hand scanner types; in one process, for starting another is a pause."""
        self.xdotool("type", "--delay", "8", "--args", "1", text, "key", "Return")

    def lose_keys(self):
        """As where another window comes up: the keyboard's keys go to nobody."""
        x = ctypes.CDLL("libX11.so.6")
        x.XOpenDisplay.restype = ctypes.c_void_p
        x.XSetInputFocus.argtypes = [
            ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_ulong]
        x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        x.XCloseDisplay.argtypes = [ctypes.c_void_p]
        display = x.XOpenDisplay(self.environment["DISPLAY"].encode())
        x.XSetInputFocus(display, 0, 0, 0)
        x.XSync(display, 0)
        x.XCloseDisplay(display)

    def at_random(self, dice, count):
        """One thing that is to be touched; then touches, keys and letters anywhere, as
        fast as they come."""
        targets = re.findall(r"@(\d+),(\d+)", self.lines[-1])
        words = ["mousemove", *dice.choice(targets), "click", "1"] if targets else []
        for _ in range(count):
            what = dice.random()
            if what < 0.6:
                x, y = (str(dice.randrange(side)) for side in self.size)
                words += ["mousemove", x, y, "click", "1"]
            elif what < 0.8:
                words += ["key", dice.choice("abefilmt0123679")]
            else:
                words += ["key", dice.choice(KEYS)]
        self.xdotool(*words)

    def drain(self):
        """Takes in all that was shown by now."""
        while select.select([self.pipe], [], [], 0.1)[0] and self.read(0):
            pass

    # ---- eyes ----

    def is_painted(self):
        """Something stands on the display, which is black at first."""
        most = subprocess.run(["import", "-window", "root", "-format", "%[fx:maxima]",
                               "info:"], env=self.environment, check=True,
                              capture_output=True, text=True, timeout=PATIENCE_S).stdout
        return float(most) > 0.5

    def picture(self, name):
        self.pictures += 1
        path = os.path.join(self.folder, "%02d-%s.png" % (self.pictures, name))
        subprocess.run(["import", "-window", "root", path], env=self.environment,
                       check=True, timeout=PATIENCE_S)
