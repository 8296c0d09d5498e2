"""A PC in qemu, or a board for arm64, for the slow tests of the image: its disk, its TPM,
its screen, keys, touch and stick. It is waited for by what it says on its serial line, and
by what its screen shows."""
import datetime
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

ACCEL = os.environ.get("BW_ACCEL", "kvm")
PATIENCE_S = 120 if ACCEL == "kvm" else 2400
# Without KVM its clock goes by what it has done, 4 ns an instruction: a machine that others
# use too, or that stands still for a while, then is no slower in its own eyes.
COUNTED = ["-accel", "tcg", "-smp", "1", "-icount", "shift=2"]
INSTRUCTIONS_A_SECOND = 1_000_000_000 // 4
PROCESSORS = ["-cpu", "max", *(["-accel", "kvm", "-smp", "2"] if ACCEL == "kvm"
                               else COUNTED)]
SIZE = (1280, 800)
BOOT_AT, BOOT_MIB = 1024 * 1024, 256  # where the boot partition is, and how large
BOOT_STATE = BOOT_AT + 0x25  # FAT16's: 1 while it is mounted to be written to
# The service manager says so once the window has drawn (Type=notify).
READY = "Started brugwachter-kiosk.service"
# At the edge of its screen the first-start screen has a colour (BW_GRACHT) which the empty
# one before the store is open hasn't.
EDGE, FIRST_START = (4, 640), (0x0F, 0x3F, 0x4D)
# What a US keyboard makes of a key: plain, and with Shift.
KEYS = dict({c: (c, False) for c in "abcdefghijklmnopqrstuvwxyz0123456789"},
            **{c.upper(): (c, True) for c in "abcdefghijklmnopqrstuvwxyz"},
            **{"\n": ("ret", False), " ": ("spc", False), "-": ("minus", False),
               "=": ("equal", False), ".": ("dot", False), "/": ("slash", False),
               ":": ("semicolon", True), "+": ("equal", True), "*": ("8", True),
               "$": ("4", True), "%": ("5", True), "_": ("minus", True)})


class Machine:
    """Its disk and its TPM stay when it is switched off. Without a TPM (`tpm` False) it
    has none at all; `clock` is what its own clock says at first, in UTC (a datetime);
    later it has gone on."""
    FIRMWARE = "/usr/share/OVMF/OVMF_%s_4M.fd"
    SERIAL = "ttyS0"
    KEYBOARD = "virtio-keyboard-pci"  # as fast as a hand scanner, and loses no key
    PATIENCE_S = PATIENCE_S

    @staticmethod
    def computer():
        return ["qemu-system-x86_64", *PROCESSORS, "-machine", "q35",
                "-device", "virtio-vga,xres=%d,yres=%d" % SIZE]

    def __init__(self, folder, image, firmware, tpm=True, clock=None):
        self.folder, self.firmware, self.clock = folder, firmware, clock
        self.disk, self.has_tpm = self.path("disk.img"), tpm
        subprocess.run(["cp", "--sparse=always", image, self.disk], check=True)
        os.truncate(self.disk, 4 << 30)
        self.tell_of_starting()
        os.mkdir(self.path("tpm"))
        shutil.copy(self.FIRMWARE % "VARS", self.path("vars.fd"))
        self.tpm = self.qemu = self.wire = None
        self.heard, self.began = "", time.monotonic()

    def path(self, name):
        return os.path.join(self.folder, name)

    # ---- its disk ----

    def part_at(self, name):
        """Where that part begins, and how long it is, in bytes."""
        table = subprocess.run(["sgdisk", "-p", self.disk], check=True, text=True,
                               capture_output=True).stdout
        first, last = re.search(r"(?m)^ +\d+ +(\d+) +(\d+) .* brugwachter-%s$" % name,
                                table).groups()
        return int(first) * 512, (int(last) + 1 - int(first)) * 512

    def found_in(self, name, words_file):
        """Which of these words a finder of the disk reads there, in any case."""
        begin, count = self.part_at(name)
        part = subprocess.Popen(["dd", "if=" + self.disk, "skip=%d" % begin,
                                 "count=%d" % count, "bs=1M", "status=none",
                                 "iflag=skip_bytes,count_bytes"], stdout=subprocess.PIPE)
        done = subprocess.run(["grep", "-aioFf", words_file], stdin=part.stdout, check=False,
                              capture_output=True, env=dict(os.environ, LC_ALL="C"))
        assert (part.wait(), done.stderr) == (0, b""), done.stderr
        return set(done.stdout.split(b"\n")) - {b""}

    # ---- its boot partition ----

    def boot_file(self, name):
        return subprocess.run(["mtype", "-i", "%s@@%d" % (self.disk, BOOT_AT),
                               "::" + name], check=True, capture_output=True).stdout

    def put_boot_file(self, name, content):
        with open(self.path("put"), "wb") as file:
            file.write(content)
        subprocess.run(["mcopy", "-o", "-i", "%s@@%d" % (self.disk, BOOT_AT),
                        self.path("put"), "::" + name], check=True)

    def leave_boot_as_power_did(self):
        """As where it went in the midst of an update: not unmounted, and a file begun
        that has no name yet."""
        self.put_boot_file("BEGUN", bytes(300_000))
        with open(self.disk, "r+b") as disk:
            disk.seek(BOOT_AT)
            entry = disk.read(1 << 20).index(b"BEGUN      ")
            disk.seek(BOOT_AT + entry)
            disk.write(b"\xe5")
            disk.seek(BOOT_STATE)
            disk.write(b"\1")

    def boot_is_clean(self):
        """And nothing takes room there that was mended."""
        with open(self.disk, "rb") as disk, open(self.path("boot"), "wb") as part:
            disk.seek(BOOT_AT)
            part.write(disk.read(BOOT_MIB << 20))
        held = subprocess.run(["mdir", "-b", "-i", self.path("boot"), "::"],
                              capture_output=True, check=False).stdout
        return b".REC" not in held and subprocess.run(
            ["fsck.vfat", "-n", self.path("boot")],
            capture_output=True, check=False).returncode == 0

    def loader(self):
        """What the loader goes by: {"good": "system", …}."""
        return dict(line.split("=", 1) for line in
                    self.boot_file("grubenv").decode("ascii").splitlines()
                    if re.match("[a-z]+=", line))

    def tell_of_starting(self):
        """The journal goes to the serial line too; all else is as it is shipped."""
        text = self.boot_file("EFI/debian/grub.cfg").decode("ascii")
        quiet = "quiet loglevel=0 systemd.show_status=no"
        assert quiet in text
        self.put_boot_file("EFI/debian/grub.cfg", text.replace(
            quiet, "console=%s systemd.journald.forward_to_console=1"
            " systemd.default_timeout_start_sec=%d" % (self.SERIAL, self.PATIENCE_S)
        ).encode("ascii"))

    # ---- its power ----

    def switch_on(self, stick=None):
        """With a stick's file in its hand, which `plug` puts in."""
        for name in ("tpm.sock", "qmp.sock", "serial"):
            if os.path.exists(self.path(name)):
                os.remove(self.path(name))
        parts = self.firmware_parts() + self.tpm_parts()
        if stick is not None:
            parts += ["-drive", "if=none,id=stick,format=raw,file=" + stick]
        if self.clock is not None:
            went = datetime.timedelta(seconds=time.monotonic() - self.began)
            parts += ["-rtc", "base=%s" % (self.clock + went).isoformat("T", "seconds")]
        self.qemu = subprocess.Popen(
            [*self.computer(), "-m", "2048", *parts,
             "-drive", "if=none,id=disk,format=raw,file=" + self.disk,
             "-device", "virtio-blk,drive=disk,bootindex=0",
             "-device", "qemu-xhci", "-device", "usb-tablet", "-device", self.KEYBOARD,
             "-nic", "none", "-display", "none", "-serial", "file:" + self.path("serial"),
             "-qmp", "unix:%s,server=on,wait=off" % self.path("qmp.sock")])
        self.wire = self.heard = None

    def firmware_parts(self):
        if self.firmware != "uefi":
            return []
        flash = "if=pflash,format=raw,"
        return ["-drive", flash + "readonly=on,file=" + self.FIRMWARE % "CODE",
                "-drive", flash + "file=" + self.path("vars.fd")]

    def tpm_parts(self):
        if not self.has_tpm:
            return []
        self.tpm = subprocess.Popen(
            ["swtpm", "socket", "--tpm2", "--tpmstate", "dir=" + self.path("tpm"),
             "--ctrl", "type=unixio,path=" + self.path("tpm.sock")])
        wait_for(lambda: os.path.exists(self.path("tpm.sock")), 10, "TPM")
        return ["-chardev", "socket,id=tpm,path=" + self.path("tpm.sock"),
                "-tpmdev", "emulator,id=tpm,chardev=tpm",
                "-device", "tpm-crb,tpmdev=tpm"]

    def is_on(self):
        return self.qemu is not None and self.qemu.poll() is None

    def cut_power(self):
        if self.wire is not None:
            self.wire.close()
        for process in (self.qemu, self.tpm):
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
        self.wire = None

    # ---- what it says and shows ----

    def said(self):
        if not os.path.exists(self.path("serial")):
            return ""
        with open(self.path("serial"), errors="replace", encoding="utf-8") as file:
            return file.read()

    def await_said(self, words, times=1, starts=1):
        """Seconds until it said them so many times since it was switched on, in which it
        may start by itself so often."""
        began = time.monotonic()
        wait_for(lambda: self.qemu.poll() is not None or
                 self.said().count(words) >= times,
                 starts * self.PATIENCE_S, words, self.said)
        if self.qemu.poll() is not None:
            raise SystemExit("image: qemu ended: %s" % self.qemu.returncode)
        return time.monotonic() - began

    def await_picture(self):
        """Seconds from switching on until the first picture stands."""
        return self.await_said(READY)

    def await_colour(self, place, colour):
        wait_for(lambda: self.pixel(*place) == colour, self.PATIENCE_S,
                 "%02x%02x%02x on the screen" % colour)

    def await_first_start(self):
        """Until the first-start screen stands: the compositor shows later what the kiosk
        has drawn, and it draws before it knows whether there is a store."""
        self.await_colour(EDGE, FIRST_START)

    def ready_at(self):
        """… by its own clock, from the kernel's first line; None: it doesn't say."""
        stamps = re.findall(r"\[ *(\d+\.\d+)\][^\n]*" + re.escape(READY), self.said())
        return float(stamps[-1]) if stamps else None

    def instructions(self):
        """… at most, as its clock goes on while it waits too; None: they aren't
        counted."""
        at_s = self.ready_at()
        return None if ACCEL == "kvm" or at_s is None else at_s * INSTRUCTIONS_A_SECOND

    def ask(self, command, **arguments):
        if self.wire is None:
            self.wire = socket.socket(socket.AF_UNIX)
            self.wire.connect(self.path("qmp.sock"))
            self.heard = self.wire.makefile("rw")
            self.heard.readline()
            self.ask("qmp_capabilities")
        self.heard.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.heard.flush()
        answer = json.loads(self.heard.readline())
        while "return" not in answer and "error" not in answer:
            answer = json.loads(self.heard.readline())
        if "error" in answer:
            raise SystemExit("image: %s: %s" % (command, answer["error"]["desc"]))
        return answer["return"]

    def keep_picture(self, path):
        self.ask("screendump", filename=path, format="png")
        with open(path, "rb") as file:
            return file.read()

    def part_of_picture(self, x, y, width, height):
        """Its colours, row by row: [(red, green, blue), …]."""
        self.ask("screendump", filename=self.path("screen.ppm"))
        with open(self.path("screen.ppm"), "rb") as file:
            kind, size, most = (file.readline() for _ in range(3))
            assert (kind, most) == (b"P6\n", b"255\n"), (kind, most)
            across, begin = int(size.split()[0]), file.tell()
            colours = []
            for row in range(y, y + height):
                file.seek(begin + (row * across + x) * 3)
                row_bytes = file.read(width * 3)
                colours += zip(*(row_bytes[part::3] for part in range(3)))
        return colours

    def pixel(self, x, y):
        """The colour there: (red, green, blue)."""
        return self.part_of_picture(x, y, 1, 1)[0]

    # ---- hands ----

    def touch(self, x, y):
        for name, at, span in (("x", x, SIZE[0]), ("y", y, SIZE[1])):
            self.ask("input-send-event", events=[
                {"type": "abs", "data": {"axis": name, "value": at * 32767 // span}}])
        for down in (True, False):
            time.sleep(0.2)
            self.ask("input-send-event", events=[
                {"type": "btn", "data": {"button": "left", "down": down}}])

    def type(self, text, gap_s=0.02):
        """As a hand scanner does, a key at a time."""
        for character in text:
            key, shift = KEYS[character]
            presses = [(key, True), (key, False)]
            if shift:
                presses = [("shift", True), *presses, ("shift", False)]
            self.ask("input-send-event", events=[
                {"type": "key", "data": {
                    "down": down, "key": {"type": "qcode", "data": name}}}
                for name, down in presses])
            time.sleep(gap_s)

    def plug(self):
        self.ask("device_add", driver="usb-storage", id="plugged", drive="stick")


class Board(Machine):
    """A board for arm64 as qemu has one, with UEFI: no TPM, so that the start code is
    asked for, and never as quick as what it runs on."""
    FIRMWARE = "/usr/share/AAVMF/AAVMF_%s.fd"
    SERIAL, KEYBOARD = "ttyAMA0", "usb-kbd"
    PATIENCE_S = 4 * 3600

    def __init__(self, folder, image):
        super().__init__(folder, image, "uefi", tpm=False)

    @staticmethod
    def computer():
        return ["qemu-system-aarch64", "-cpu", "cortex-a72", *COUNTED,
                "-machine", "virt", "-device",
                "virtio-gpu-pci,xres=%d,yres=%d" % SIZE]

    def strike(self, key):
        """Down and up at once: a test that stands still in between would hold it."""
        self.ask("input-send-event", events=[
            {"type": "key", "data": {"down": down, "key": {"type": "qcode",
                                                           "data": key}}}
            for down in (True, False)])

    def give_code(self, code):
        """Of letters and digits. Until the data is open: a question that comes later is answered too."""
        self.await_said("Starting brugwachter-data.service")
        while "Finished brugwachter-data.service" not in self.said():
            for key in [*code, "ret"]:
                self.strike(key)
                time.sleep(0.5)
            end = time.monotonic() + 60
            while (time.monotonic() < end and
                   "Finished brugwachter-data.service" not in self.said()):
                time.sleep(1)


def wait_for(what, seconds, name, said=lambda: ""):
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            sys.stderr.write(said()[-3000:] + "\n")
            raise SystemExit("image: no %s within %d s" % (name, seconds))
        time.sleep(0.2)
