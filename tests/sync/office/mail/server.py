"""A real PostgreSQL server for tests in Python: a cluster of its own, on a socket alone.
None where Debian's package isn't installed."""
import glob
import os
import pwd
import shutil
import subprocess
import tempfile


def who_runs_it():
    """The server refuses to be root's."""
    if os.geteuid() != 0:
        return {}
    names = {one.pw_name for one in pwd.getpwall()}
    who = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


class Server:
    """Started by `with`; database() makes an empty database and gives its URI."""

    def __init__(self, programs):
        self.programs, self.made = programs, 0
        self.folder = tempfile.mkdtemp(prefix="bw-pg-", dir="/tmp")
        self.who = who_runs_it()
        if self.who:
            os.chown(self.folder, self.who["user"], self.who["group"])
        self.child = None

    def tool(self, name, *words):
        subprocess.run([os.path.join(self.programs, name), *words], check=True,
                       capture_output=True, cwd="/", **self.who)

    def __enter__(self):
        data = os.path.join(self.folder, "data")
        self.tool("initdb", "-D", data, "-U", "bw", "-A", "trust", "-E", "UTF8",
                  "--no-sync", "--locale=C.UTF-8")
        self.child = subprocess.Popen(
            [os.path.join(self.programs, "postgres"), "-D", data, "-k", self.folder,
             "-c", "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB"],
            cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            **self.who)
        for line in self.child.stderr:
            if "ready to accept" in line:
                return self
        raise AssertionError("the server of the test didn't start")

    def __exit__(self, *why):
        self.child.send_signal(subprocess.signal.SIGINT)  # at once, but in order
        self.child.stderr.close()
        self.child.wait(timeout=60)
        shutil.rmtree(self.folder)

    def database(self):
        self.made += 1
        name = "office%d" % self.made
        self.tool("createdb", "-h", self.folder, "-U", "bw", name)
        return "postgresql://bw@/%s?host=%s" % (name, self.folder)


def find():
    """A server that isn't started yet."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    return Server(os.path.dirname(found[-1])) if found else None
