"""What the tests of the guides share: a guide's blocks and words, and the programs' own."""
import functools
import os
import re
import shlex
import subprocess

LANGUAGES = ("nl", "en")
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(TOP, "assets", "guide")
BLOCK = re.compile(r"^\[source(?:%\w+)?,(\w+)[^\]]*\]\n----\n(.*?)^----$", re.M | re.S)
HEADING = re.compile(r"^(=+) (.*)$", re.M)
PICTURE = re.compile(r"image::?([a-z]+)/([a-z_-]+)\.png\[([^\]]*)\]")
FRAMED = re.compile(r"btn:\[([^\]]+)\]")
INLINE = re.compile(r"`(brugwachter-(?:sync|kiosk) [^`]+)`")
PO = re.compile(r'^msgstr(?:\[\d\])? ((?:"[^\n]*"\n?)+)', re.M)


def read(*names):
    with open(os.path.join(*names), encoding="utf-8") as file:
        return file.read()


def names():
    """Of the guides, by the English ones."""
    return sorted(name[:-len(".adoc")] for name in os.listdir(os.path.join(FOLDER, "en"))
                  if name.endswith(".adoc") and name != "settings.adoc")


def source(language, name):
    """A guide's text, without what stands in its manual page alone."""
    text = read(FOLDER, language, name + ".adoc")
    return re.sub(r"^ifdef::backend-manpage\[\]$.*?^endif::\[\]$", "", text,
                  flags=re.M | re.S)


def blocks(text, kind):
    return [words for found, words in BLOCK.findall(text) if found == kind]


def headings(text):
    """(level, words), those of code left out."""
    return [(len(signs), words)
            for signs, words in HEADING.findall(BLOCK.sub("", text))]


def steps(text):
    """The commands of each step: a list a heading of the second level, in order."""
    return [blocks(part, "sh") for part in re.split(r"^== ", text, flags=re.M)[1:]]


def lines(block):
    """A block's commands, whole."""
    return [line for line in block.replace("\\\n", " ").splitlines()
            if line.strip() and not line.lstrip().startswith("#")]


def calls(text):
    """Our programs as the text calls them, in blocks and in sentences: lists of words."""
    found = [line for kind in ("sh", "console") for block in blocks(text, kind)
             for line in lines(block)]
    found += INLINE.findall(BLOCK.sub("", text))
    for line in found:
        words = shlex.split(line.replace("…", ""), comments=True)
        if words[:1] == ["sudo"]:
            words.pop(0)
        if words and re.search(r"brugwachter-(sync|kiosk)$", words[0]):
            yield [os.path.basename(words[0]), *words[1:]]


@functools.lru_cache(maxsize=None)
def screen_words(language):
    """All that the kiosk, the desk and paper say: regular expressions, whole texts."""
    said = []
    for part in ("", "desk", "paper"):
        text = read(TOP, "assets", part, "translations", language + ".po")
        for found in PO.findall(text):
            words = "".join(line[1:-1] for line in found.strip().split("\n"))
            words = re.escape(words.replace(r"\n", " ").replace(r"\"", '"'))
            said.append(re.sub(r"\\\{\w+\\\}", ".+", words))
    return [re.compile(words) for words in said if words not in ("", ".+")]


def on_screen(language, words):
    return any(known.fullmatch(words) for known in screen_words(language))


@functools.lru_cache(maxsize=None)
def options(program, command):
    """The long options that --help of a command, or of a program, lists."""
    said = subprocess.run([program, *command.split(), "--help"], capture_output=True,
                          text=True, check=False)
    return (said.returncode, set(re.findall(r"^ {2}--([a-z-]+)", said.stdout, re.M)))


def commands(program):
    """The commands of the program's help, one word each."""
    said = subprocess.run([program, "--help"], capture_output=True, text=True,
                          check=True).stdout
    if "Commands:" in said:
        said = said[said.index("Commands:"):said.index("Options:")]
    return set(re.findall(r"^ {2}([a-z][a-z-]+)\b", said, re.M))
