#!/usr/bin/env python3
"""A WebDAV server that misbehaves, for tests: one port of loopback, TLS, in memory.

    faulty_web.py FOLDER        FOLDER has cert.pem and key.pem; prints its port

The first part of a path says how it misbehaves, each with files of its own. Letters are
what ends with .bwe: faults of PUT befall the first one of them, the second goes well.

lost      it is stored, and the connection ends without a reply
half      half of it is stored, and the connection ends
locked    423
doubled   423, for another upload of the same has just ended
picky     403, as a filter of the network might
full      507, always
long      413, always
stuck     a roster's PUT is never answered
stream    the list is one page that never ends
careless  If-None-Match is passed over: what is there is overwritten
sent-on   all of it is at /plain/…, with 307
portal    sent on to a page in plain HTTP
page      200 and a page for all
login     401
busy      503
pages     the list comes in pages of two
endless   the list has always one page more
crawl     the same, and each page takes a moment
drip      the list comes by a byte a moment, for ever
trickle   once two are there, the first comes so, when it is first asked for
elsewhere the list's next page is another host's
some      the list says that it isn't all (507 for the folder)
cut       what is got ends in its middle
bomb, doctype, deep, nolist     what isn't a list, or shouldn't be read

GET /log says which methods came, one a line, with the path."""
import sys
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True
import faulty  # noqa: E402

LOCK = threading.Lock()
SPACES = {}  # fault: {"made": bool, "files": {name: bytes}, "puts": number}
LOG = []
PAGE = b"<!DOCTYPE html><html><body>Sign in to the guest network</body></html>"
BOMB = (b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' +
        b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' %
                 ((n,) + (n - 1,) * 8) for n in range(ord("b"), ord("k"))) +
        b"]><multistatus xmlns=\"DAV:\"><response><href>&j;</href></response>"
        b"</multistatus>")
NO_LISTS = {
    "bomb": BOMB,
    "doctype": b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><multistatus xmlns="DAV:"/>',
    "deep": b'<multistatus xmlns="DAV:">' + b"<a>" * 100 + b"</a>" * 100 +
            b"</multistatus>",
    "nolist": b"<html xmlns='DAV:'><body/></html>",
}


def multistatus(base, names, truncated):
    text = ["<?xml version='1.0'?><D:multistatus xmlns:D='DAV:'>",
            "<D:response><D:href>%s</D:href><D:propstat><D:prop><D:resourcetype>"
            "<D:collection/></D:resourcetype></D:prop></D:propstat></D:response>" % base]
    for name, size in names:
        text.append("<D:response><D:href>%s%s</D:href><D:propstat><D:prop>"
                    "<D:getcontentlength>%d</D:getcontentlength><D:resourcetype/>"
                    "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
                    "</D:response>" % (base, name.replace("-", "%2D", 1), size))
    if truncated:
        text.append("<D:response><D:href>%s</D:href><D:status>HTTP/1.1 507 "
                    "Insufficient Storage</D:status></D:response>" % base)
    return ("".join(text) + "</D:multistatus>").encode()


class Faulty(faulty.Faulty):
    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def place(self):
        """Fault, its files, name; None where it was answered already."""
        body = self.body()
        url = urllib.parse.urlsplit(self.path)
        parts = url.path.lstrip("/").split("/")
        LOG.append("%s %s" % (self.command, self.path))
        if parts[0] == "log":
            self.answer(200, "\n".join(LOG).encode())
            return None
        fault = parts[0]
        space = SPACES.setdefault(fault, {"made": False, "files": {}, "puts": 0})
        if fault == "sent-on":
            self.answer(307, Location="/plain/" + "/".join(parts[1:]))
        elif fault == "portal":
            self.answer(302, Location="http://localhost:1/sign-in")
        elif fault == "page":
            self.answer(200, PAGE)
        elif fault == "login":
            self.answer(401, **{"WWW-Authenticate": "Basic realm=x"})
        elif fault == "busy":
            self.answer(503)
        elif not space["made"] and self.command != "MKCOL":
            self.answer(409 if self.command == "PUT" else 404)
        else:
            return fault, space, parts[-1], body, url.query
        return None

    def do_MKCOL(self):
        at = self.place()
        if at:
            made, at[1]["made"] = at[1]["made"], True
            self.answer(405 if made else 201)

    def do_GET(self):
        at = self.place()
        if not at:
            return
        fault, space, name, _, _ = at
        found = space["files"].get(name)
        if found is None:
            self.answer(404)
        elif fault == "trickle" and space["puts"] > 1 and name == space.get("first"):
            del space["first"]
            self.drip(200, b" </")
        elif fault == "cut" and name.endswith(".bwe"):
            self.send_response(200)
            self.send_header("Content-Length", str(len(found)))
            self.end_headers()
            self.wfile.write(found[:len(found) // 2])
            self.wfile.flush()
            self.close_connection = True
        else:
            self.answer(200, found)

    def do_PUT(self):
        at = self.place()
        if not at:
            return
        fault, space, name, body, _ = at
        files = space["files"]
        letter = name.endswith(".bwe")
        space["puts"] += letter
        first = letter and space["puts"] == 1
        if letter and fault in ("full", "long"):
            return self.answer(507 if fault == "full" else 413)
        if fault == "stuck" and name.endswith(".bwr"):
            threading.Event().wait()
        if fault != "careless" and self.headers.get("If-None-Match") and name in files:
            return self.answer(412)
        if first and fault in ("locked", "picky"):
            return self.answer(423 if fault == "locked" else 403)
        files[name] = body[:len(body) // 2] if first and fault == "half" else body
        if first:
            space["first"] = name
        if first and fault == "doubled":
            return self.answer(423)
        if first and fault in ("lost", "half"):
            self.close_connection = True
            return None
        return self.answer(201)

    def do_DELETE(self):
        at = self.place()
        if at:
            self.answer(204 if at[1]["files"].pop(at[2], None) is not None else 404)

    def do_PROPFIND(self):
        at = self.place()
        if not at:
            return
        fault, space, _, _, query = at
        base = urllib.parse.urlsplit(self.path).path
        names = sorted((n, len(b)) for n, b in space["files"].items())
        page = int(query.partition("=")[2] or 0)
        headers = {}
        if fault == "stream":
            return self.stream(207, multistatus(base, names, False), b"<D:response>",
                               b"</D:multistatus>")
        if fault in NO_LISTS:
            return self.answer(207, NO_LISTS[fault])
        if fault == "pages":
            if 2 * page + 2 < len(names):
                headers["Link"] = '<%s?page=%d>; rel="next"' % (base, page + 1)
            names = names[2 * page:2 * page + 2]
        elif fault in ("endless", "crawl"):
            time.sleep(faulty.MOMENT_S * (fault == "crawl"))
            headers["Link"] = '<%s?page=%d>; rel="next"' % (base, page + 1)
        elif fault == "elsewhere":
            headers["Link"] = '<https://elsewhere.example/x>; rel="next"'
        if fault == "drip":
            return self.drip(207, multistatus(base, names, False))
        return self.answer(207, multistatus(base, names, fault == "some"), **headers)


if __name__ == "__main__":
    faulty.serve(Faulty, sys.argv[1])
