#!/usr/bin/env python3
"""The parts of the image that can be tried without making one: what the boot loader goes
by, the trial of an updated system, and that scripts and units are well-formed.

    tests/image/parts.py

Whole images are for tests/image_boot, image_update and image_day, which take minutes.
"""
import fcntl
import glob
import os
import pty
import re
import subprocess
import tempfile
import termios
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IMAGE = os.path.join(ROOT, "assets", "image")
OWN = os.path.join(IMAGE, "system", "usr", "lib", "brugwachter")
BLOCK_BYTES, SECTOR_BYTES = 1024, 512
FAT16_STATE = 0x25  # in the first sector: 1 while it is mounted
os.environ["PATH"] += ":/usr/sbin"  # Debian's users lack it


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)


def is_waited_for(lock, process):
    """Looks until somebody waits for the lock; False: the process ended without."""
    wanted = re.compile(r"-> FLOCK .*:%d " % os.fstat(lock.fileno()).st_ino)
    while process.poll() is None:
        with open("/proc/locks", encoding="ascii") as locks:
            if wanted.search(locks.read()):
                return True
    return False


class Parts(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        self.block = os.path.join(self.folder, "grubenv")

    def loader(self, *words):
        done = run(os.path.join(OWN, "loader"), self.block, *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def listed(self):
        """As GRUB's own tool reads it."""
        done = run("grub-editenv", self.block, "list")
        self.assertEqual(done.returncode, 0, done.stderr)
        return dict(line.split("=", 1) for line in done.stdout.splitlines())

    def test_what_is_written_grub_reads(self):
        self.loader("good=system")
        self.loader("try=spare", "left=3", "made=" + "0f" * 32)
        self.loader("left=2", "try=")
        self.assertEqual(self.listed(), {"good": "system", "try": "", "left": "2",
                                         "made": "0f" * 32})
        self.assertEqual([self.loader(name) for name in ("good", "left", "none")],
                         ["system", "2", ""])

    def test_what_grub_wrote_is_read(self):
        run("grub-editenv", self.block, "create")
        run("grub-editenv", self.block, "set", "good=spare", "left=1")
        self.loader("left=0")
        self.assertEqual(self.listed(), {"good": "spare", "left": "0"})

    def test_a_change_touches_the_first_sector_alone(self):
        self.loader("good=system", "made=" + "a" * 64, "failed=" + "b" * 64)
        with open(self.block, "rb") as file:
            before = file.read()
        self.loader("try=spare", "left=3")
        with open(self.block, "rb") as file:
            after = file.read()
        self.assertEqual((len(before), len(after)), (BLOCK_BYTES, BLOCK_BYTES))
        self.assertEqual(before[SECTOR_BYTES:], after[SECTOR_BYTES:])
        self.assertEqual(set(after[SECTOR_BYTES:]), {ord("#")})
        done = run(os.path.join(OWN, "loader"), self.block, "made=" + "c" * 512)
        self.assertEqual(done.returncode, 1)
        with open(self.block, "rb") as file:
            self.assertEqual(file.read(), after)

    def test_a_boot_partition_that_power_left_is_mended_and_a_clean_one_stays(self):
        part = os.path.join(self.folder, "boot")
        run("mkfs.vfat", "-F", "16", "-s", "1", "-C", part, "8192")
        self.loader("good=system")
        for name, path in (("grubenv", self.block), ("LOST", __file__)):
            run("mcopy", "-i", part, path, "::" + name)
        with open(part, "rb") as file:
            clean = file.read()
        self.assertEqual(self.mended(part), "")
        with open(part, "rb") as file:
            self.assertTrue(file.read() == clean, "it was written to")
        # a file that was begun and has no name yet, and not unmounted
        left = clean.replace(b"LOST       ", b"\xe5OST       ", 1)
        for bad in (left, left[:FAT16_STATE] + b"\1" + left[FAT16_STATE + 1:],
                    clean[:FAT16_STATE] + b"\1" + clean[FAT16_STATE + 1:]):
            with open(part, "wb") as file:
                file.write(bad)
            self.assertIn("is mended", self.mended(part))
            self.assertEqual(run("fsck.vfat", "-n", part).returncode, 0)
            kept = run("mtype", "-i", part, "::grubenv").stdout
            with open(self.block, encoding="ascii") as file:
                self.assertEqual(kept, file.read())
        with open(part, "wb") as file:
            file.write(bytes(len(clean)))
        self.assertIn("write the image anew", self.mended(part))

    def mended(self, part):
        done = run(os.path.join(OWN, "mend"), part)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.strip()

    def trial(self, *invocations, patience_s="5", meanwhile=lambda process: None):
        """With a service manager that names these invocations of the kiosk, the last of
        them for ever; an empty one: it isn't ready. `meanwhile` is given what was
        started."""
        self.loader("good=system", "try=spare", "left=2", "made=0f", "failed=0e")
        log = os.path.join(self.folder, "log")
        with open(os.path.join(self.folder, "kiosk"), "w", encoding="ascii") as file:
            file.writelines(word + "\n" for word in invocations)
        manager = os.path.join(self.folder, "systemctl")
        with open(manager, "w", encoding="ascii") as file:
            file.write("#!/bin/sh\ncd '%s'\ncase $* in\nreboot) echo anew >>log ;;\n"
                       "*is-active*) [ -n \"$(head -1 kiosk)\" ] || {\n"
                       " [ $(wc -l <kiosk) = 1 ] || sed -i 1d kiosk; exit 3; } ;;\n"
                       "*) head -1 kiosk; [ $(wc -l <kiosk) = 1 ] || sed -i 1d kiosk ;;\n"
                       "esac\n" % self.folder)
        os.chmod(manager, 0o755)
        trial = subprocess.Popen(
            [os.path.join(OWN, "trial")], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=dict(
                os.environ, PATH=self.folder + ":" + os.environ["PATH"], BW_STANDS_S="0",
                BW_EVERY_S="0", BW_PATIENCE_S=patience_s, BW_BOOT=self.folder,
                BW_HERE=self.folder, BW_RUNNING="brugwachter-spare"))
        try:
            meanwhile(trial)
        finally:
            said = trial.communicate()
        done = subprocess.CompletedProcess(trial.args, trial.returncode, *said)
        return done, os.path.exists(log)

    def test_a_system_whose_kiosk_stands_is_the_one_to_start(self):
        mended = os.path.join(self.folder, "FSCK0000.REC")
        with open(mended, "w", encoding="ascii") as file:
            file.write("of a kernel")
        done, anew = self.trial("", "7a", "7a")
        self.assertFalse(os.path.exists(mended), "what was mended takes room")
        self.assertEqual((done.returncode, anew), (0, False), done.stderr)
        self.assertEqual(self.listed(), {"good": "spare", "try": "", "left": "0",
                                         "made": "0f", "failed": ""})

    def test_a_kiosk_that_is_started_over_isnt_standing(self):
        done, anew = self.trial("7a", "7b", "", patience_s="0")
        self.assertEqual((done.returncode, anew), (1, True), done.stderr)
        self.assertEqual(self.listed()["good"], "system")
        self.assertEqual(self.listed()["left"], "2")

    def test_the_boot_partition_is_one_scripts_at_a_time(self):
        with open(os.path.join(self.folder, "boot.lock"), "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

            def waits(trial):
                with lock:  # closed, and so free, whatever is found
                    self.assertTrue(is_waited_for(lock, trial), "it doesn't wait")
                    self.assertEqual(self.listed()["good"], "system")
            done, _ = self.trial("7a", "7a", meanwhile=waits)
        self.assertEqual((done.returncode, self.listed()["good"]), (0, "spare"))
        with open(os.path.join(self.folder, "boot.lock"), "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            update = subprocess.Popen([os.path.join(OWN, "update")], env=dict(
                os.environ, BW_BOOT=self.folder, BW_HERE=self.folder,
                BW_RUNNING="brugwachter-system"))
            waits = is_waited_for(lock, update)
            update.kill()
            update.wait()
        self.assertTrue(waits, "the update doesn't wait")

    def test_a_small_part_for_data_has_blocks_of_a_page(self):
        part = os.path.join(self.folder, "data")
        with open(part, "wb") as file:
            file.truncate(64 << 20)  # the least of 20-data.conf
        run("mkfs.ext4", "-q", part, env=dict(os.environ, MKE2FS_CONFIG=os.path.join(
            IMAGE, "system", "etc", "mke2fs.conf")))
        self.assertRegex(run("dumpe2fs", "-h", part).stdout, r"(?m)^Block size: +4096$")
        self.assertEqual(run("fsck.ext4", "-fn", part).returncode, 0)

    def first_start(self, *codes):
        """Of a machine without a TPM, on a disk that is too small: what its screen said,
        and what the disk's maker was given."""
        for name, text in (("lsblk", "echo none"), ("systemd-repart",
                           "echo \"$@\" >made; cat code >>made; exit 1")):
            path = os.path.join(self.folder, name)
            with open(path, "w", encoding="ascii") as file:
                file.write("#!/bin/sh\ncd '%s'\n%s\n" % (self.folder, text))
            os.chmod(path, 0o755)
        ours, screen = pty.openpty()
        maker = subprocess.Popen([os.path.join(OWN, "open-data")], env=dict(
            os.environ, PATH=self.folder + ":" + os.environ["PATH"], BW_HERE=self.folder,
            BW_PARTS=self.folder, BW_SCREEN=os.ttyname(screen),
            BW_TPM=os.path.join(self.folder, "none")))
        said = ""

        def until(text, times):
            nonlocal said
            while said.count(text) < times:
                said += os.read(ours, 1000).decode()
        for asked, code in enumerate(codes, 1):
            until("Enter:\r\n", asked)
            while termios.tcgetattr(screen)[3] & termios.ECHO and maker.poll() is None:
                pass
            os.write(ours, code.encode() + b"\n")
        self.assertEqual(maker.wait(), 1)
        os.write(screen, b"(end)")
        until("(end)", 1)
        os.close(ours)
        os.close(screen)
        with open(os.path.join(self.folder, "made"), encoding="ascii") as file:
            return said, file.read()

    def test_a_start_code_is_chosen_twice_and_a_disk_too_small_is_told(self):
        said, made = self.first_start("short", "long enough", "long enouhg",
                                      "long enough", "long enough")
        self.assertEqual(said.count("Kies een startcode"), 3, said)
        self.assertEqual(said.count("niet dezelfde code"), 1, said)
        self.assertIn("4 GB of meer", said)
        self.assertNotIn("long", said)
        self.assertTrue(made.endswith("/dev/none\nlong enough"), made)

    def test_scripts_and_the_loaders_are_well_formed(self):
        for script in glob.glob(OWN + "/*"):
            self.assertEqual(run("sh", "-n", script).stderr, "", script)
            self.assertTrue(os.access(script, os.X_OK), script)
        done = run("grub-script-check", os.path.join(IMAGE, "boot", "grub.cfg"))
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_units_start_what_there_is_and_the_image_enables_them(self):
        with open(os.path.join(ROOT, ".ci", "image"), encoding="utf-8") as file:
            made = file.read()
        for unit in glob.glob(IMAGE + "/system/etc/systemd/system/*"):
            with open(unit, encoding="utf-8") as file:
                text = file.read()
            for line in text.splitlines():
                own = line.startswith("ExecStart=/usr/lib/brugwachter/")
                self.assertFalse(own and not os.path.exists(
                    os.path.join(OWN, line.rsplit("/", 1)[1])), line)
            name = os.path.basename(unit)
            if "[Install]" in text:
                self.assertIn(name.removesuffix(".service"), made)


if __name__ == "__main__":
    unittest.main()
