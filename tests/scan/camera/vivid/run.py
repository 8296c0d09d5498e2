#!/usr/bin/env python3
"""Boots Debian's kernel in qemu with its virtual camera; the scanner reads from that.

    run.py GUEST-BINARY WORK-FOLDER

GUEST-BINARY (guest.c) becomes the machine's only program, with the libraries it needs.
The kernel comes from a package, by apt-get download, once; it stays in WORK-FOLDER. Exit
status: 0 read, 77 skipped (qemu or the kernel package can't be had: said why), 1 failed.
"""
import lzma
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

from initrd import archive_of

SKIP = 77
QEMU = "qemu-system-x86_64"
# Enough for an emulated processor on a busy machine; a healthy run takes 15 s.
LIMIT_S = 800


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIP)


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options).stdout


def kernel_package(work):
    """The path of the kernel's package: the one that is there, or a fresh download."""
    there = sorted(work.glob("linux-image-*.deb"))
    if there:
        return there[0]
    # The exact name: a pattern would fetch every kernel of the archive.
    depends = run("apt-cache", "depends", "linux-image-amd64", text=True)
    name = re.search(r"Depends: (linux-image-[0-9][^\s]*-amd64)\b", depends)
    if name is None:
        skip("apt knows no kernel package")
    run("apt-get", "download", name.group(1), cwd=work)
    return next(work.glob("linux-image-*.deb"))


def read_package(path):
    """The kernel, and every module by its name."""
    kernel, modules, media = None, {}, False
    content = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", path],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with tarfile.open(fileobj=content.stdout, mode="r|") as archive:
        for entry in archive:
            base = os.path.basename(entry.name)
            if media and kernel and "/drivers/media" not in entry.name:
                break  # in order: what follows is the larger half
            if base.startswith("vmlinuz-"):
                kernel = archive.extractfile(entry).read()
            media = media or "/drivers/media/" in entry.name
            if "/drivers/media/" in entry.name and re.search(r"\.ko(\.xz)?$", base):
                data = archive.extractfile(entry).read()
                data = lzma.decompress(data) if base.endswith(".xz") else data
                modules[base.split(".ko")[0].replace("-", "_")] = data
    content.stdout.close()
    content.wait()
    return kernel, modules


def with_needs(modules, name, into):
    """The module and all that it depends on."""
    if name in into:
        return
    into[name] = modules[name]
    depends = re.search(rb"\0depends=([^\0]*)\0", modules[name]).group(1).decode()
    for need in filter(None, depends.split(",")):
        with_needs(modules, need.replace("-", "_"), into)


def libraries(binary):
    """What the binary is linked to, and the loader, by ldd."""
    for line in run("ldd", binary, text=True).splitlines():
        path = re.search(r"(/\S+) \(0x", line)
        if path:
            yield path.group(1)


def gconv():
    """iconv's tables, which zbar asks for."""
    folder = next(pathlib.Path("/usr/lib").glob("*/gconv"), None)
    for name in ("ISO8859-1.so", "SJIS.so", "IBM437.so", "gconv-modules.cache"):
        if folder and (folder / name).exists():
            yield str(folder / name)


def make_machine(binary, work):
    kernel, modules = read_package(kernel_package(work))
    needed = {}
    with_needs(modules, "vivid", needed)
    files = {"init": (0o100755, pathlib.Path(binary).read_bytes())}
    for path in [*libraries(binary), *gconv()]:
        files[path.lstrip("/")] = (0o100755, pathlib.Path(path).read_bytes())
    for name, data in needed.items():
        files[f"modules/{name}.ko"] = (0o100644, data)
    (work / "kernel").write_bytes(kernel)
    (work / "initrd").write_bytes(archive_of(files))


def boot(work):
    """What the machine said. Emulated, not KVM: that hangs within a virtual machine. An
    old processor, and no defence against its own program: half the work. Its clock goes
    by its instructions (2 ns each) and skips what it waits for: on a busy machine the
    driver came too late for its own pictures, and sent no more."""
    command = [QEMU, "-accel", "tcg", "-cpu", "Nehalem", "-m", "1024", "-smp", "1",
               "-icount", "shift=1,sleep=off",
               "-display", "none", "-nic", "none", "-no-reboot", "-serial", "stdio",
               "-monitor", "none", "-kernel", work / "kernel", "-initrd", work / "initrd",
               "-append", "console=ttyS0 quiet panic=-1 mitigations=off"]
    try:
        said = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=LIMIT_S, check=False).stdout
    except subprocess.TimeoutExpired as error:
        said = (error.stdout or b"") + b"\nno end within the time limit\n"
    return said.decode(errors="replace")


def main():
    binary, work = sys.argv[1], pathlib.Path(sys.argv[2])
    work.mkdir(parents=True, exist_ok=True)
    for tool in (QEMU, "apt-get", "dpkg-deb", "ldd"):
        if shutil.which(tool) is None:
            skip(f"{tool} isn't installed")
    try:
        make_machine(binary, work)
    except subprocess.CalledProcessError as error:
        skip(f"the kernel package can't be had: {error.stderr!r}")
    console = boot(work)
    print(console)
    sys.exit(0 if "GUEST: ok" in console else 1)


main()
