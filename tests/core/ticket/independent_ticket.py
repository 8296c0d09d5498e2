#!/usr/bin/env python3
"""An independent reader and writer of tickets, set against ours.

Shares nothing with the C code, and needs the standard library alone: base45 from RFC 9285
and Ed25519 from RFC 8032 (the plain, slow textbook form) are written out below. Where an
openssl with Ed25519 is at hand, it checks the same signatures as a third opinion.

Use: independent_ticket.py TICKET_LINES [ticket-vectors.json]
"""
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def base45_encode(data):
    text = ""
    for i in range(0, len(data), 2):
        pair = data[i:i + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            text += BASE45[value % 45]
            value //= 45
    return text


def base45_decode(text):
    data = b""
    for i in range(0, len(text), 3):
        group = text[i:i + 3]
        value = sum(BASE45.index(c) * 45**n for n, c in enumerate(group))
        data += value.to_bytes(len(group) - 1, "big")
    return data


def recover_x(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P != 0:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - x2) % P == 0
    return P - x if x & 1 != sign else x


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, point):
    total = (0, 1, 1, 0)
    while n > 0:
        if n & 1:
            total = add(total, point)
        point = add(point, point)
        n >>= 1
    return total


def affine(x, y):
    return (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = affine(recover_x(BASE_Y, 0), BASE_Y)


def pack(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def unpack(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    return affine(recover_x(y, sign), y)


def hash_int(data):
    return int.from_bytes(hashlib.sha512(data).digest(), "little")


def expand(seed):
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little")
    return scalar & (1 << 254) - 8 | 1 << 254, digest[32:]


def public_of(seed):
    return pack(times(expand(seed)[0], BASE))


def sign(seed, message):
    scalar, prefix = expand(seed)
    public = public_of(seed)
    r = hash_int(prefix + message) % L
    point = pack(times(r, BASE))
    s = (r + hash_int(point + public + message) * scalar) % L
    return point + s.to_bytes(32, "little")


def verify(public, message, signature):
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = hash_int(signature[:32] + public + message)
    right = add(unpack(signature[:32]), times(h, unpack(public)))
    return pack(times(s, BASE)) == pack(right)


def code_to_int(code):
    return sum(BASE32.index(c) * 32**n for n, c in enumerate(reversed(code)))


def body_of(ticket):
    key, session, code, generation = ticket
    return (bytes([key]) + session.to_bytes(4, "big") +
            code_to_int(code).to_bytes(5, "big") + bytes([generation]))


def write(seed, ticket):
    body = body_of(ticket)
    return "BW1:" + base45_encode(body + sign(seed, b"BW1" + body))


def read(public, text):
    assert text.startswith("BW1:") and len(text) == 117, text
    blob = base45_decode(text[4:])
    assert len(blob) == 75
    if not verify(public, b"BW1" + blob[:11], blob[11:]):
        return None
    number = int.from_bytes(blob[5:10], "big")
    code = "".join(BASE32[number >> 5 * i & 31] for i in range(7, -1, -1))
    return blob[0], int.from_bytes(blob[1:5], "big"), code, blob[10]


def openssl_accepts(public, text):
    """What openssl says of a ticket's signature; None where it can't say."""
    if shutil.which("openssl") is None:
        return None
    blob = base45_decode(text[4:])
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        der = bytes.fromhex("302a300506032b6570032100") + public
        for name, data in (("key", der), ("message", b"BW1" + blob[:11]),
                           ("signature", blob[11:])):
            names[name] = os.path.join(folder, name)
            with open(names[name], "wb") as file:
                file.write(data)
        done = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin",
             "-inkey", names["key"], "-in", names["message"], "-sigfile",
             names["signature"]], capture_output=True, text=True, check=False)
    if "Verified Successfully" in done.stdout:
        return True
    return False if "Verification Failure" in done.stdout + done.stderr else None


class Ours:
    """The C codec behind a pipe, all lines at once."""

    def __init__(self, program):
        self.program = program

    def ask(self, lines):
        done = subprocess.run([self.program], input="".join(l + "\n" for l in lines),
                              capture_output=True, text=True, check=True)
        answers = done.stdout.splitlines()
        assert len(answers) == len(lines), "one answer a line"
        return answers


def make_tickets(count):
    dice = random.Random(20250318)
    for _ in range(count):
        code = "".join(dice.choice(BASE32) for _ in range(8))
        ticket = (dice.randrange(256), dice.randrange(2**32), code, dice.randrange(256))
        yield dice.randbytes(32), ticket


def check_random(ours):
    made = list(make_tickets(60))
    texts = ours.ask(["write\t%s\t%d\t%d\t%s\t%d" % (seed.hex(), *ticket)
                      for seed, ticket in made])
    asked = []
    opinions = 0
    for (seed, ticket), text in zip(made, texts):
        public = public_of(seed)
        assert read(public, text) == ticket, ("ours isn't read elsewhere", ticket, text)
        assert write(seed, ticket) == text, ("written otherwise", ticket, text)
        opinion = openssl_accepts(public, text) if opinions < 5 else None
        assert opinion is not False, ("openssl refuses", text)
        opinions += opinion is True
        asked.append("read\t%s\t%d\t%s" % (public.hex(), ticket[0], write(seed, ticket)))
    for (_, ticket), answer in zip(made, ours.ask(asked)):
        assert answer == "signed\t%d\t%d\t%s\t%d" % ticket, (ticket, answer)
    print("%d tickets read and written alike by both" % len(made))
    print("openssl agrees on %d" % opinions if opinions else
          "openssl not asked: there is none here that knows Ed25519 in pkeyutl -rawin")


def check_vectors(ours, path):
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    seeds = {k["key"]: bytes.fromhex(k["seed"]) for k in vectors["keys"]}
    publics = {k["key"]: bytes.fromhex(k["public"]) for k in vectors["keys"]}
    for key, seed in seeds.items():
        assert public_of(seed) == publics[key], "a key pair that isn't one"
    for vector in vectors["valid"]:
        ticket = (vector["key"], vector["session"], vector["code"], vector["generation"])
        key, seed, text = vector["key"], seeds[vector["key"]], vector["text"]
        assert read(publics[key], text) == ticket
        assert ours.ask(["read\t%s\t%d\t%s" % (publics[key].hex(), key, text)]) == [
            "signed\t%d\t%d\t%s\t%d" % ticket]
        assert ours.ask(["write\t%s\t%d\t%d\t%s\t%d" % (seed.hex(), *ticket)]) == [text]
    names = {"forged": "forged", "not_a_ticket": "none"}
    for vector in vectors["invalid"]:
        for key, public in publics.items():
            line = "read\t%s\t%d\t%s" % (public.hex(), key, vector["text"])
            assert ours.ask([line]) == [names[vector["verdict"]]], vector["why"]
    print("%d valid and %d invalid published vectors hold" %
          (len(vectors["valid"]), len(vectors["invalid"])))


def main():
    ours = Ours(sys.argv[1])
    check_random(ours)
    if len(sys.argv) > 2 and os.path.exists(sys.argv[2]):
        check_vectors(ours, sys.argv[2])
    else:
        print("the published file isn't here; core/ticket has its vectors as tables")


if __name__ == "__main__":
    main()
