#!/usr/bin/env python3
"""Takes and makes letters by LETTERS.md alone: libsodium by ctypes, none of our code.

    independent_letter.py LETTER_LINES VECTORS.JSON [--write]

Opens the letters of the vectors and those that LETTER_LINES makes now, flips bits, makes
letters itself, and has LETTER_LINES open them. --write makes the vectors anew.
"""
import ctypes
import ctypes.util
import json
import os
import struct
import subprocess
import sys
import tempfile

SODIUM = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
assert SODIUM.sodium_init() >= 0
KINDS = {1: b"BWL-events", 2: b"BWL-roster", 3: b"BWL-introduction"}


def call(name, *arguments):
    return getattr(SODIUM, name)(*arguments)


def blake2b(size, *parts):
    data, out = b"".join(parts), ctypes.create_string_buffer(size)
    call("crypto_generichash", out, ctypes.c_size_t(size), data,
         ctypes.c_ulonglong(len(data)), None, ctypes.c_size_t(0))
    return out.raw


def identity(which):
    """Both pairs of 32 bytes `which`: sign public, secret, box public, secret."""
    seed, pairs = bytes([which]) * 32, []
    for number, make, size in ((1, "crypto_sign_seed_keypair", 64),
                               (2, "crypto_box_seed_keypair", 32)):
        part = ctypes.create_string_buffer(32)
        call("crypto_kdf_derive_from_key", part, ctypes.c_size_t(32),
             ctypes.c_uint64(number), b"BWdevice", seed)
        public = ctypes.create_string_buffer(32)
        secret = ctypes.create_string_buffer(size)
        call(make, public, secret, part)
        pairs += [public.raw, secret.raw]
    return pairs


def open_letter(letter, trusted, box_public, box_secret):
    """The content; None where anything doesn't hold, in the order of LETTERS.md."""
    if len(letter) < 144 or letter[:4] != b"BWLT" or letter[4] != 1 or letter[7] != 0:
        return None
    kind, readers = letter[5], letter[6]
    size = struct.unpack(">I", letter[52:56])[0]
    if kind not in KINDS or not 1 <= readers <= 64 or size < 16:
        return None
    if len(letter) != 144 + 96 * readers + size + 64:
        return None
    signed = KINDS[kind] + b"\0" + blake2b(64, letter[:-64])
    if letter[56:88] != trusted or call(
            "crypto_sign_verify_detached", letter[-64:], signed,
            ctypes.c_ulonglong(len(signed)), trusted) != 0:
        return None
    own = blake2b(32, b"BWL-reader", box_public)[:16]
    ids = [letter[144 + 16 * i:160 + 16 * i] for i in range(readers)]
    if own not in ids:
        return None
    at = 144 + 16 * readers + 80 * ids.index(own)
    key = ctypes.create_string_buffer(32)
    if call("crypto_box_seal_open", key, letter[at:at + 80], ctypes.c_ulonglong(80),
            box_public, box_secret) != 0:
        return None
    if blake2b(32, b"BWL-commit", key.raw) != letter[88:120]:
        return None
    return decrypt(letter, readers, size, key)


def decrypt(letter, readers, size, key):
    ad = letter[:144 + 16 * readers]
    box = letter[144 + 96 * readers:144 + 96 * readers + size]
    out = ctypes.create_string_buffer(max(1, size))
    length = ctypes.c_ulonglong()
    if call("crypto_aead_xchacha20poly1305_ietf_decrypt", out, ctypes.byref(length), None,
            box, ctypes.c_ulonglong(size), ad, ctypes.c_ulonglong(len(ad)),
            letter[120:144], key) != 0:
        return None
    return out.raw[:length.value]


def make_letter(kind, numbers, content, writer, boxes):
    """numbers: writer, addressee, session, epoch, from, to, counter, part, parts."""
    key, nonce = os.urandom(32), os.urandom(24)
    head = b"BWLT" + bytes([1, kind, len(boxes), 0])
    head += struct.pack(">IIIIQQQHHI", *numbers, len(content) + 16)
    head += writer[0] + blake2b(32, b"BWL-commit", key) + nonce
    head += b"".join(blake2b(32, b"BWL-reader", box)[:16] for box in boxes)
    letter = head
    for box in boxes:
        sealed = ctypes.create_string_buffer(80)
        assert call("crypto_box_seal", sealed, key, ctypes.c_ulonglong(32), box) == 0
        letter += sealed.raw
    out = ctypes.create_string_buffer(len(content) + 16)
    call("crypto_aead_xchacha20poly1305_ietf_encrypt", out, None, content,
         ctypes.c_ulonglong(len(content)), head, ctypes.c_ulonglong(len(head)), None,
         nonce, key)
    letter += out.raw
    signed = KINDS[kind] + b"\0" + blake2b(64, letter)
    signature = ctypes.create_string_buffer(64)
    call("crypto_sign_detached", signature, None, signed,
         ctypes.c_ulonglong(len(signed)), writer[1])
    return letter + signature.raw


def check(fine, what):
    if not fine:
        sys.exit("independent_letter: %s" % what)


def check_taken(letters, writer, reader, other):
    for name, (letter, content) in letters.items():
        opened = open_letter(letter, writer[0], reader[2], reader[3])
        check(opened is not None, "%s doesn't open" % name)
        check(content is None or opened == content, "%s says another thing" % name)
        check(open_letter(letter, writer[0], other[2], other[3]) is None,
              "%s opens for a stranger" % name)
        for at in range(0, len(letter), 7):
            harmed = bytearray(letter)
            harmed[at] ^= 1 << at % 8
            check(open_letter(bytes(harmed), writer[0], reader[2], reader[3]) is None,
                  "%s opens with byte %d changed" % (name, at))


def check_made(lines, folder, writer, reader, other):
    forms = {1: (3, 0, 0, 0, 1, 2, 41, 1, 1), 2: (0, 3, 7, 1, 0, 9, 0, 2, 3),
             3: (3, 0, 0, 0, 0, 0, 0, 1, 1)}
    names = {1: "events", 2: "roster", 3: "introduction"}
    for kind, numbers in forms.items():
        content = b"content of kind %d" % kind
        letter = make_letter(kind, numbers, content, writer, [other[2], reader[2]])
        for harm in (None, 5, 60, 90, 200, len(letter) - 1):
            bad = bytearray(letter)
            if harm is not None:
                bad[harm] ^= 1
            path = os.path.join(folder, "made")
            with open(path, "wb") as file:
                file.write(bytes(bad))
            said = subprocess.run([lines, "open", path], check=True, text=True,
                                  stdout=subprocess.PIPE).stdout.split()
            if harm is None:
                want = [names[kind], str(numbers[0]), content.hex()]
                check(said == want, "ours of kind %d is read as %s" % (kind, said))
            else:
                check(said[0] == "refused", "ours, harmed at %d, is taken" % harm)


def main():
    lines, path = sys.argv[1], sys.argv[2]
    writer, reader, other = identity(3), identity(1), identity(9)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([lines, "make", folder], check=True)
        letters = {}
        for name in ("events", "roster", "introduction"):
            with open(os.path.join(folder, name), "rb") as file:
                letters[name] = (file.read(), None)
        check_taken(letters, writer, reader, other)
        if "--write" in sys.argv:
            vectors = [{"kind": name, "letter": letter.hex(), "content": open_letter(
                letter, writer[0], reader[2], reader[3]).hex()}
                for name, (letter, _) in letters.items()]
            with open(path, "w", encoding="ascii") as file:
                json.dump({"writer_seed": "03" * 32, "reader_seed": "01" * 32,
                           "letters": vectors}, file, indent=1)
                file.write("\n")
        with open(path, encoding="ascii") as file:
            vectors = {one["kind"]: (bytes.fromhex(one["letter"]),
                                     bytes.fromhex(one["content"]))
                       for one in json.load(file)["letters"]}
        check_taken(vectors, writer, reader, other)
        for name, (letter, content) in vectors.items():  # ours opens them too
            with open(os.path.join(folder, "vector"), "wb") as file:
                file.write(letter)
            said = subprocess.run([lines, "open", os.path.join(folder, "vector")],
                                  check=True, text=True, stdout=subprocess.PIPE).stdout
            check(said.split()[2:] == [content.hex()],
                  "C reads vector %s otherwise" % name)
        check_made(lines, folder, writer, reader, other)
    print("letters: %d vectors, made and taken by both" % len(vectors))


if __name__ == "__main__":
    main()
