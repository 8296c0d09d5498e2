#!/usr/bin/env python3
"""An S3 server for tests: one port of loopback, TLS, in memory. It checks every request's
signature by itself (Python's hmac; Amazon's "Authenticating Requests, AWS Signature
Version 4"), and misbehaves where it is asked to.

    faulty_s3.py FOLDER         FOLDER has cert.pem and key.pem; prints its port

The access key is kring, the secret "Geheim/1+"; the bucket, in path or host, says how it
misbehaves, each with objects of its own. Letters are what ends with .bwe: faults of PUT
befall the first one of them, the second goes well.

lost      it is stored, and the connection ends without a reply
half      half of it is stored, and the connection ends
busy      503 SlowDown
careless  If-None-Match is passed over: what is there is overwritten
refuses   501 where If-None-Match stands
full      507 XMinioStorageFull for letters; quota: 403 QuotaExceeded, as Ceph has it;
          limit: 400 XMinioAdminBucketQuotaExceeded; large: 400 EntityTooLarge
raced     another's bytes come first, by the same name
denied    403 AccessDenied, always; skewed, moved, nobucket: so with those words
page      200 and a page for all
pages     the list comes in pages of two
same      the list's next page is itself
endless   the list has always one page more
crawl     the same, and each page takes a moment
drip      the list comes by a byte a moment, for ever
stream    the list is one page that never ends
unended   the list says that there's more, and not how it is asked for
bomb, doctype, deep, nolist     what isn't a list, or shouldn't be read

FOLDER/ahead, where it is there, has so many minutes as this server's clock is ahead. Who
signed by one that is over a quarter of an hour off isn't let in."""
import calendar
import hashlib
import hmac
import os
import sys
import time
import urllib.parse
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
import faulty  # noqa: E402

KEY, SECRET, REGION = "kring", "Geheim/1+", "eu-test-1"
SKEW_S = 900
SPACES = {}  # bucket: {"objects": {key: bytes}, "puts": number}
REFUSALS = {
    "denied": (403, "AccessDenied"),
    "skewed": (403, "RequestTimeTooSkewed"),
    "moved": (301, "PermanentRedirect"),
    "nobucket": (404, "NoSuchBucket"),
}
NO_ROOM = {
    "full": (507, "XMinioStorageFull"),
    "quota": (403, "QuotaExceeded"),
    "limit": (400, "XMinioAdminBucketQuotaExceeded"),
    "large": (400, "EntityTooLarge"),
}
NO_LISTS = {
    "bomb": b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' +
            b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % ((n,) + (n - 1,) * 4)
                     for n in range(ord("b"), ord("k"))) +
            b"]><ListBucketResult><Contents><Key>&j;</Key></Contents></ListBucketResult>",
    "doctype": b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><ListBucketResult/>',
    "deep": b"<ListBucketResult>" + b"<a>" * 100 + b"</a>" * 100 + b"</ListBucketResult>",
    "nolist": b"<html><body/></html>",
}


def hashed(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def now_s():
    try:
        with open(os.path.join(sys.argv[1], "ahead"), encoding="ascii") as file:
            return time.time() + int(file.read()) * 60
    except FileNotFoundError:
        return time.time()


def signature_fault(handler, body):
    """Why a request isn't let in, as S3 names it; None: it is."""
    words = handler.headers.get("Authorization", "").partition(" ")
    if words[0] != "AWS4-HMAC-SHA256":
        return "AccessDenied"
    fields = dict(word.strip().split("=", 1) for word in words[2].split(","))
    key, day, region, service, end = fields["Credential"].split("/")
    if key != KEY:
        return "InvalidAccessKeyId"
    if (region, service, end) != (REGION, "s3", "aws4_request"):
        return "AuthorizationHeaderMalformed"
    names = fields["SignedHeaders"].split(";")
    if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names):
        return "SignatureDoesNotMatch"
    if handler.headers["x-amz-content-sha256"] != hashlib.sha256(body).hexdigest():
        return "XAmzContentSHA256Mismatch"
    path, _, query = handler.path.partition("?")
    pairs = sorted(tuple(urllib.parse.quote(urllib.parse.unquote(part), safe="")
                         for part in (pair + "=").split("=")[:2])
                   for pair in query.split("&") if pair)
    canonical = "\n".join(
        [handler.command, urllib.parse.quote(urllib.parse.unquote(path), safe="/"),
         "&".join("=".join(pair) for pair in pairs)] +
        ["%s:%s" % (name, " ".join(handler.headers[name].split())) for name in names] +
        ["", ";".join(names), handler.headers["x-amz-content-sha256"]])
    date = handler.headers["x-amz-date"]
    signed_s = calendar.timegm(time.strptime(date, "%Y%m%dT%H%M%SZ"))
    if abs(now_s() - signed_s) > SKEW_S:
        return "RequestTimeTooSkewed"
    text = "\n".join(["AWS4-HMAC-SHA256", date, "/".join([day, region, service, end]),
                      hashlib.sha256(canonical.encode()).hexdigest()])
    secret = ("AWS4" + SECRET).encode()
    for word in (day, region, service, end):
        secret = hashed(secret, word)
    return None if fields["Signature"] == hashed(secret, text).hex() \
        else "SignatureDoesNotMatch"


def listing(prefix, objects, more):
    text = ['<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns='
            '"http://s3.amazonaws.com/doc/2006-03-01/"><Prefix>%s</Prefix>' % prefix,
            "<IsTruncated>%s</IsTruncated>" % ("false" if more is None else "true")]
    if more:
        text.append("<NextContinuationToken>%s</NextContinuationToken>" % escape(more))
    for key, body in objects:
        text.append("<Contents><Key>%s</Key><ETag>&quot;x&quot;</ETag><Size>%d</Size>"
                    "<Owner><ID>1</ID></Owner></Contents>" % (escape(key), len(body)))
    return ("".join(text) + "</ListBucketResult>").encode()


class Faulty(faulty.Faulty):
    def refuse(self, code, word):
        self.answer(code, b"<?xml version='1.0'?><Error><Code>%s</Code><Message>no"
                          b"</Message></Error>" % word.encode())

    def place(self):
        """Bucket, its objects, key, query, body; None where it was answered already."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        url = urllib.parse.urlsplit(self.path)
        host, parts = self.headers["Host"].split(":")[0], url.path[1:].split("/", 1)
        bucket = host.partition(".")[0]
        key = url.path[1:]
        if host == "localhost":
            bucket, key = parts[0], parts[1] if len(parts) > 1 else ""
        space = SPACES.setdefault(bucket, {"objects": {}, "puts": 0})
        fault = signature_fault(self, body)
        if fault:
            self.refuse(403, fault)
        elif bucket in REFUSALS:
            self.refuse(*REFUSALS[bucket])
        elif bucket == "page":
            self.answer(200, b"<!DOCTYPE html><html>Sign in to the guest network</html>")
        else:
            return bucket, space, key, dict(urllib.parse.parse_qsl(url.query)), body
        return None

    def page(self, bucket, space, query):
        if query.get("list-type") != "2" or bucket in NO_LISTS:
            return self.answer(200, NO_LISTS.get(bucket, b"<ListBucketResult/>"))
        prefix = query.get("prefix", "")
        found = [(k, b) for k, b in sorted(space["objects"].items())
                 if k.startswith(prefix)]
        more, token = None, query.get("continuation-token", "")
        if bucket == "pages":
            at = int(token.partition("/")[2].rstrip("=") or 0)
            more = "+ é/%d==" % (at + 2) if at + 2 < len(found) else None
            found = found[at:at + 2]
        elif bucket == "same":
            more = "again"
        elif bucket in ("endless", "crawl"):
            time.sleep(faulty.MOMENT_S * (bucket == "crawl"))
            more = "x%d" % (int(token[1:] or 0) + 1)
        elif bucket == "unended":
            more = ""
        if bucket == "stream":
            return self.stream(200, listing(prefix, found, more), b"<Contents>",
                               b"</ListBucketResult>")
        if bucket == "drip":
            return self.drip(200, listing(prefix, found, more))
        return self.answer(200, listing(prefix, found, more))

    def do_GET(self):
        at = self.place()
        if not at:
            return None
        bucket, space, key, query, _ = at
        if not key:
            return self.page(bucket, space, query)
        found = space["objects"].get(key)
        return self.refuse(404, "NoSuchKey") if found is None else self.answer(200, found)

    def do_PUT(self):
        at = self.place()
        if not at:
            return None
        bucket, space, key, _, body = at
        objects, letter = space["objects"], key.endswith(".bwe")
        space["puts"] += letter
        first = letter and space["puts"] == 1
        condition = self.headers.get("If-None-Match")
        if first and bucket == "raced":
            objects[key] = b"other"
        if condition and bucket == "refuses":
            return self.refuse(501, "NotImplemented")
        if letter and bucket in NO_ROOM:
            return self.refuse(*NO_ROOM[bucket])
        if first and bucket == "busy":
            return self.refuse(503, "SlowDown")
        if condition and bucket != "careless" and key in objects:
            return self.refuse(412, "PreconditionFailed")
        objects[key] = body[:len(body) // 2] if first and bucket == "half" else body
        if first and bucket in ("lost", "half"):
            self.close_connection = True
            return None
        return self.answer(200)

    def do_DELETE(self):
        at = self.place()
        if at:
            at[1]["objects"].pop(at[2], None)
            self.answer(204)


if __name__ == "__main__":
    faulty.serve(Faulty, sys.argv[1])
