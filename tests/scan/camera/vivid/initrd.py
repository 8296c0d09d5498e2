"""A kernel's first file system, made without being root."""
import io
import pathlib


def archive_of(files):
    """A cpio archive (newc) as the kernel unpacks it: {path: (mode, bytes)}."""
    out = io.BytesIO()

    def add(number, name, mode, data):
        name = name.encode() + b"\0"
        fields = [number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0]
        out.write(b"070701" + b"".join(b"%08x" % field for field in fields) + name)
        out.write(b"\0" * (-out.tell() % 4) + data)
        out.write(b"\0" * (-out.tell() % 4))

    folders = {str(up) for name in files for up in pathlib.PurePath(name).parents} - {"."}
    for number, name in enumerate(sorted(folders), 1):
        add(number, name, 0o040755, b"")
    for number, (name, (mode, data)) in enumerate(files.items(), len(folders) + 1):
        add(number, name, mode, data)
    add(0, "TRAILER!!!", 0, b"")
    return out.getvalue()
