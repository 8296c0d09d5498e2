"""What the checks of .ci/ share: the tree's files, its objects, and waivers."""
import fnmatch
import json
import os
import re
import shlex
import sys

COMMENT = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
OUTPUT = re.compile(r" -o (\S+)")


def blank_out(text):
    """The text without comments and strings, its lines where they were."""
    return COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def sources(root, tops, ends=(".c", ".h")):
    """Paths below the root, in order."""
    for top in tops:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders.sort()
            for name in sorted(names):
                if name.endswith(ends):
                    yield os.path.relpath(os.path.join(folder, name), root)


def commands(root, build):
    """(source, command, object) of everything that a build compiles; by the source's path
    below the root, those of other places left out."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            source = os.path.relpath(os.path.realpath(entry["file"]),
                                     os.path.realpath(root))
            found = OUTPUT.search(entry["command"])
            if not source.startswith("..") and found:
                yield (source, entry["command"],
                       os.path.join(entry["directory"], found.group(1)))


# Of gcc alone, or what says where the object goes.
DROPPED = {"-c", "-Werror", "-Wno-maybe-uninitialized"}


def options_of(command):
    """The words of a compile command, without compiler, source and object."""
    words = shlex.split(command)
    while words and not words[0].startswith("-"):
        words.pop(0)  # the compiler, and a launcher before it
    kept = []
    while words:
        word = words.pop(0)
        if word in ("-o", "-MT", "-MF"):
            words.pop(0)
        elif word not in DROPPED and word != "-MD":
            kept.append(word)
    return kept[:-1]


class Waivers:
    """A file of exceptions: rule, subject (* fits anything), reason; one a line."""

    def __init__(self, root, name):
        self.name = ".ci/" + name
        self.list = []
        self.used = set()
        path = os.path.join(root, self.name)
        if not os.path.exists(path):
            return
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                parts = line.split(None, 2)
                if not parts or parts[0].startswith("#"):
                    continue
                if len(parts) < 3:
                    sys.exit("%s:%d: a waiver is a rule, a subject and a reason" %
                             (self.name, number))
                self.list.append((parts[0], parts[1]))

    def excuse(self, rule, subject):
        fits = [waiver for waiver in self.list if waiver[0] == rule
                and fnmatch.fnmatchcase(subject, waiver[1])]
        self.used.update(fits)
        return bool(fits)

    def unused(self, rules):
        """Those that excuse nothing any more, of the rules that were looked at."""
        return ["%s: %s %s: excuses nothing any more, take it out" %
                (self.name, rule, subject) for rule, subject in self.list
                if rule in rules and (rule, subject) not in self.used]


def judge(what, found, waivers, rules):
    """Prints what was found (rule, subject, words) and not waived; the exit status."""
    failures = 0
    for rule, subject, words in found:
        if not waivers.excuse(rule, subject):
            failures += 1
            print("%s: %s" % (subject, words))
    for words in waivers.unused(rules):
        failures += 1
        print(words)
    print("%s: %d failures, %d waivers" % (what, failures, len(waivers.used)))
    return 1 if failures else 0
