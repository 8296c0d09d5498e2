#!/usr/bin/env python3
"""When the image's update writes to the other part of the disk, and when it leaves it:
with a real apt, dpkg and file system, on a Debian of a few programs, whose packages lie
in a folder.

    tests/image/update.py

Needs root, for the mounts; without, or where nothing may be mounted, it is skipped (77).
tests/image_update does the same with a whole image, and breaks it off.
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OWN = ROOT / "assets/image/system/usr/lib/brugwachter"
PART_BYTES = 64 << 20
# What the update, apt and dpkg start in there.
PROGRAMS = ["sh", "env", "apt-get", "dpkg", "dpkg-deb", "dpkg-split", "dpkg-query", "tar",
            "rm", "diff", "ldconfig", "start-stop-daemon"]
METHODS = ["file", "copy", "store"]
CONTROL = """Package: brugwachter-kiosk
Version: %s
Architecture: all
Maintainer: nobody <nobody@brugwachter.example>
Description: two programs
"""


def run(*words, **more):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **more)
    if done.returncode:
        raise AssertionError("%s: %s" % (words, done.stdout + done.stderr))
    return done.stdout


def package(folder, version):
    """The path of a package with both programs, which say the version."""
    files = folder / ("files-" + version)
    for name in ("kiosk", "sync"):
        program = files / "usr/bin" / ("brugwachter-" + name)
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\necho %s\n" % version)
        program.chmod(0o755)
    (files / "DEBIAN").mkdir()
    (files / "DEBIAN/control").write_text(CONTROL % version)
    run("dpkg-deb", "--root-owner-group", "-Znone", "-b", files,
        folder / ("kiosk_%s.deb" % version))
    return folder / ("kiosk_%s.deb" % version)


def small_debian(system):
    """This machine's own apt and dpkg, and what they need, with nothing installed."""
    for name in ("usr/bin", "usr/lib/apt/methods", "usr/share", "etc/apt/apt.conf.d",
                 "etc/apt/sources.list.d", "etc/apt/preferences.d", "boot", "proc", "sys",
                 "dev", "tmp", "var/lib/dpkg/info", "var/lib/apt/lists/partial",
                 "var/cache/apt/archives/partial", "var/log/apt"):
        (system / name).mkdir(parents=True)
    for name in ("bin", "sbin", "usr/sbin"):
        (system / name).symlink_to("/usr/bin")
    paths = [pathlib.Path("/usr/lib/apt/methods") / name for name in METHODS]
    for path in paths + [pathlib.Path(shutil.which(name)) for name in PROGRAMS]:
        folder = "usr/lib/apt/methods" if path in paths else "usr/bin"
        shutil.copy(path, system / folder)
        libraries = subprocess.run(["ldd", path], capture_output=True, text=True,
                                   check=False).stdout  # a script has none
        for library in re.findall(r"(/\S+) \(0x", libraries):
            there = system / library.lstrip("/")
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(library, there)
    shutil.copytree("/usr/share/dpkg", system / "usr/share/dpkg")
    (system / "etc/passwd").write_text("root:x:0:0::/root:/bin/sh\n_apt:x:42:65534::/:\n")
    (system / "etc/group").write_text("root:x:0:\nnogroup:x:65534:\n")
    (system / "etc/fstab").write_text("PARTLABEL=brugwachter-system / ext4 ro 0 1\n")
    (system / "var/lib/dpkg/status").touch()
    for kind in ("vmlinuz", "initrd.img"):
        (system / "boot" / (kind + "-6.1")).write_text(kind)


class Update(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="brugwachter-test-")
        cls.addClassCleanup(holder.cleanup)
        cls.lower = pathlib.Path(holder.name, "lower")
        small_debian(cls.lower)
        first = package(pathlib.Path(holder.name), "1")
        run("dpkg", "--root=%s" % cls.lower, "--log=/dev/null", "-i", first)

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="brugwachter-test-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        for name in ("parts", "settings/repo", "here", "boot"):
            (self.folder / name).mkdir(parents=True)
        self.part = self.folder / "parts/brugwachter-spare"
        with open(self.part, "wb") as file:
            file.truncate(PART_BYTES)
        self.offer("1")
        self.loader("good=system")

    def offer(self, version):
        """The repository has this version, and no other."""
        repo = self.folder / "settings/repo"
        for path in repo.iterdir():
            path.unlink()
        shutil.move(package(self.folder, version), repo)
        deb = next(repo.iterdir())
        control = CONTROL % version + "Filename: ./%s\nSize: %d\nSHA256: %s\n" % (
            deb.name, deb.stat().st_size, hashlib.sha256(deb.read_bytes()).hexdigest())
        (repo / "Packages").write_text(control)
        (self.folder / "settings/own.sources").write_text(
            "Types: deb\nURIs: file:/etc/brugwachter/repo\nSuites: ./\nTrusted: yes\n")

    def loader(self, *words):
        return run(OWN / "loader", self.folder / "boot/grubenv", *words).strip()

    def update(self):
        """What it said; its mounts end with it."""
        names = {"PARTS": "parts", "SETTINGS": "settings", "HERE": "here", "BOOT": "boot"}
        places = {"BW_" + name: str(self.folder / place) for name, place in names.items()}
        return run("unshare", "--mount", OWN / "update", env=dict(
            os.environ, **places, BW_LOWER=str(self.lower),
            BW_RUNNING="brugwachter-system"))

    def state(self):
        """Of the other part, and of what the loader is told."""
        return (hashlib.sha256(self.part.read_bytes()).hexdigest(),
                (self.folder / "boot/grubenv").read_bytes())

    def ready(self):
        return self.loader("try"), self.loader("left")

    def version_in_part(self):
        return run("debugfs", "-R", "cat /usr/bin/brugwachter-kiosk", self.part
                   ).split()[-1]

    def test_where_nothing_is_newer_the_other_part_stays_as_it_is(self):
        before = self.state()
        self.assertIn("nothing is newer", self.update())
        self.assertEqual(self.state(), before)

    def test_what_is_ready_stays_until_something_is_newer(self):
        self.offer("2")
        self.assertIn("the next start tries brugwachter-spare", self.update())
        self.assertEqual((self.ready(), self.version_in_part()), (("spare", "3"), "2"))
        before = self.state()
        self.assertIn("nothing is newer than that", self.update())
        self.assertEqual(self.state(), before)
        self.offer("3")
        self.update()
        self.assertEqual((self.ready(), self.version_in_part()), (("spare", "3"), "3"))

    def test_what_did_not_start_is_neither_written_nor_tried_again(self):
        self.offer("2")
        self.update()
        # as boot/grub.cfg does after the third start
        self.loader("try=", "left=0", "failed=" + self.loader("made"))
        before = self.state()
        self.assertIn("didn't start", self.update())
        self.assertEqual(self.state(), before)
        self.offer("3")
        self.update()
        self.assertEqual((self.ready(), self.version_in_part()), (("spare", "3"), "3"))

    def test_without_lists_what_is_ready_stays(self):
        self.offer("2")
        self.update()
        before = self.state()
        (self.folder / "settings/repo/Packages").unlink()
        self.assertIn("not all lists could be fetched", self.update())
        self.assertEqual(self.state(), before)

    def test_the_system_on_trial_does_not_write_over_the_good_one(self):
        self.offer("2")
        self.loader("good=spare")
        before = self.state()
        with self.assertRaisesRegex(AssertionError, "isn't touched"):
            self.update()
        self.assertEqual(self.state(), before)


if __name__ == "__main__":
    if os.geteuid() != 0 or subprocess.run(
            ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"],
            capture_output=True, check=False).returncode:
        print("update: needs root, and to mount")
        sys.exit(77)
    unittest.main()
