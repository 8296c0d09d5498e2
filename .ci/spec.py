"""What the headers say of each function: purpose, units, ownership, thread, errors.

A comment speaks for the declarations that follow it without a blank line, and the head of
a file for all that is in it, save purpose. "Said" is told by words, and by what the
signature shows already: a name with its unit, a count, `const`, a value the caller gives
room for. So it is an estimate, and whether what is said is true no script can tell.
"""
import re
import sys

sys.dont_write_bytecode = True
import tree  # noqa: E402

TOPS = ("include", "kiosk", "sync")
WHAT = ("purpose", "thread", "ownership", "units", "errors")
TOKEN = re.compile(r"/\*.*?\*/|^[ \t]*#(?:[^\n\\]|\\.|\\\n)*|\n[ \t]*(?=\n)|[{}();]",
                   re.S | re.M)
LINKAGE = re.compile(r'^\s*extern\s+"C"\s*$')
ATTRIBUTE = re.compile(r"\b(?:BW_[A-Z_]+|__attribute__)\s*\((?:[^()]|\([^()]*\))*\)")
FUNCTION = re.compile(r"(?P<type>[\w\s*]*?[\s*])(?P<name>[a-z]\w*)\s*"
                      r"\((?P<parameters>.*)\)\s*$", re.S)
TYPE_ONLY = re.compile(r"^\s*(typedef|struct\s+\w+\s*$|enum\s+\w+\s*$|union\s+\w+\s*$)")

THREAD = re.compile(r"\bthreads?\b", re.I)
OWNS = re.compile(r"\bown(s|ed|er|ership)?\b|borrow|\bfree(s|d)?\b|destroy|finish|close|"
                  r"caller|\bkeeps?\b|\bkept\b|\blives?\b|valid (until|as long)|\btakes?\b|"
                  r"\bcop(y|ied|ies)\b|\bstays?\b|\bstatic\b|points? into|in place", re.I)
# What a text says of numbers: a unit, that they have none, or what they count.
UNITS = re.compile(
    r"_(ms|us|mm|px|bytes|hz|kib|mib)\b|\b(ms|us|µs|mm|px|Hz|kHz|KiB|MiB|UTC|hex)\b|"
    r"\b(bytes?|pixels?|millimetres?|seconds?|minutes?|hours|modules?|characters?|"
    r"degrees?|radians?|grey levels?|per (cent|mille)|256ths|frames?|bits?|samples?|"
    r"codewords?|cells?|steps?|result code|plain numbers?|[Hh]ow (many|much|far)|"
    r"number of|none)\b|('s|event|above) number\b|%|\b0(\.0)? (to|\.\.) |\b0\.\.|"
    r"\bfrom [01]\b|-1\b|\b([Bb]elow|[Aa]bove|less than) 0\b")
STATUS = ("BAD_INPUT|NOT_FOUND|REFUSED|NEWER|CORRUPT|FULL|READ_ONLY|BUSY|OFFLINE|IO|"
          "NO_MEMORY|OK")
ERRORS = re.compile(r"\bBW_(%s)\b|\bNULL\b|\bfalse\b|\berrors?\b|-1\b|\bfail|\bnegative\b|"
                    r"\bwhat [\w' ]+ (answers?|fails? with|gives?)\b" % STATUS, re.I)
# In a file's head these speak for all its functions.
HEAD_ERRORS = re.compile(r"\bBW_(%s)\b|\b(errors?|fails?|fallible)\b" % STATUS)

SCALAR = re.compile(r"\b(?:bool|char|void|int|u?int\d+_t|size_t|double|float|long|bw_code|"
                    r"enum\s+\w+)\b")
# A function of this name may keep what it is given past the call.
BEGINS = re.compile(r"_(init|create|open|start|attach|begin|new|set|watch)$")
NUMBER = re.compile(r"\b(?:unsigned|int|u?int(?:16|32|64)_t|uint8_t|size_t|double|float|"
                    r"long|short)\b")
# What such a name says is a count, a place in a row, a name or a bit: it has no unit.
PLAIN = re.compile(
    r"(^|_)(count|counts|counter|capacity|limit|length|size|room|total|left|free|most|"
    r"least|max|many|index|at|n|nth|first|last|from|to|by|before|position|rank|step|"
    r"steps|row|rows|column|columns|line|item|page|places?|words?|fits|found|lead|"
    r"no|nos|number|numbers|device|devices|seq|generation|version|revision|epoch|id|"
    r"ids|key|code|seed|digest|request|field|which|missing|compare|value|level|"
    r"flags?|mask|bits?|fd|pid|rc|errno|os_errno|status|signal|argc|port|chars|"
    r"modules|percent|bytes|stride)$")
UNIT_NAME = re.compile(
    r"_(ms|us|ns|s|mm|px|bytes|hz|kib|mib|min|minutes|hours?|days?|percent|cent|seconds|"
    r"cells?)$|^(px|ms|bytes|pixels|year|month|days?|hour|minute|seconds?)$")


class Function:
    """A declaration with the comment that speaks for it."""

    types = None

    def __init__(self, path, line, match, comment, head, fallible_mark):
        self.path, self.line = path, line
        self.name = match.group("name")
        self.type = " ".join(match.group("type").split())
        self.parameters = [one.strip() for one in split(match.group("parameters"))]
        self.comment, self.head = flat(comment), flat(head)
        self.fallible = fallible_mark or "enum bw_status" in self.type

    # -- what there is to say

    def pointers(self):
        """Those whose ownership the signature leaves open."""
        return [one for at, one in enumerate(self.parameters) if self.types.is_open(
            one, at == 0, bool(BEGINS.search(self.name)))] + (
                ["return"] if "*" in self.type else [])

    def numbers(self):
        """Those whose unit neither name nor type says."""
        found = [name_of(one) for one in self.parameters
                 if is_number(one) and not PLAIN.search(bare(name_of(one)))]
        if is_number(self.type + " _") and not PLAIN.search(self.name):
            found.append(self.name)
        return found

    # -- what is said

    def lacks(self):
        """{what: whether it is lacking} of what this function ought to say."""
        both = self.comment + "\n" + self.head
        found = {"purpose": not self.comment, "thread": not THREAD.search(both)}
        if self.pointers():
            found["ownership"] = not OWNS.search(both)
        numbers = self.numbers()
        if numbers:
            found["units"] = not (UNITS.search(both) or all(
                UNIT_NAME.search(bare(name)) for name in numbers))
        if self.fallible:
            found["errors"] = not (ERRORS.search(self.comment)
                                   or HEAD_ERRORS.search(self.head))
        return found


def split(parameters):
    """A list of parameters, at the commas outside of brackets."""
    depth, start = 0, 0
    for at, sign in enumerate(parameters):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield parameters[start:at]
            start = at + 1
    yield parameters[start:]


def flat(comment):
    """A comment's words in one line."""
    return " ".join(re.sub(r"^\s*/?\*+/?", " ", comment, flags=re.M).split())


def name_of(parameter):
    """The name of a parameter; of a function's pointer the name inside."""
    found = re.search(r"\(\s*\*+\s*(\w+)", parameter) or re.search(
        r"(\w+)\s*(?:\[[^\]]*\]\s*)*$", parameter)
    return found.group(1) if found else ""


def bare(name):
    return name[4:] if name.startswith("ret_") else name


def is_number(parameter):
    """A number, in or out; bytes and texts are none, and neither is a callback."""
    if "(" in parameter or "..." in parameter:
        return False
    if re.search(r"\buint8_t\b", parameter) and re.search(r"[*\[]", parameter):
        return False
    return bool(NUMBER.search(parameter))


class Types:
    """What the headers' types are: values that own nothing, and callbacks."""

    def __init__(self, texts):
        self.bodies, self.callbacks, self.known = {}, set(), {}
        for text in texts:
            text = re.sub(r"\[[^\]]*\]", "[]", tree.blank_out(text))
            for found in re.finditer(r"\bstruct\s+(\w+)\s*\{", text):
                self.bodies[found.group(1)] = body_of(text, found.end())
            self.callbacks.update(re.findall(r"\btypedef\b[^;{}()]*?(\w+)\(", text))

    def is_value(self, tag):
        """True where a struct holds no pointer, nor a struct that does."""
        if tag not in self.known:
            body = self.bodies.get(tag)
            self.known[tag] = False  # of one that holds itself
            self.known[tag] = body is not None and "*" not in body and all(
                self.is_value(inner)
                for inner in re.findall(r"\bstruct\s+(\w+)\s+\w", body))
        return self.known[tag]

    def is_open(self, parameter, is_first, is_begin):
        """True where a pointer's ownership can't be read from the signature: it may
        change hands, be kept past the call, or name what owns something."""
        name = name_of(parameter)
        tag = re.search(r"\bstruct\s+(\w+)", parameter)
        kind = (parameter.split() or [""])[0]
        if not re.search(r"[*\[]", parameter) or "(" in parameter or (
                name in ("err", "context", "argv") or kind in self.callbacks):
            return False
        if re.search(r"\*\s*(const\s*)?\*", parameter):
            return True
        if name.startswith("ret_"):
            return bool(tag) and not self.is_value(tag.group(1))
        if is_begin and not is_first:
            return True
        if "const" in parameter or is_first or SCALAR.search(parameter):
            return False
        return not (tag and self.is_value(tag.group(1)))


def body_of(text, at):
    """What stands between braces, the first of which ends at `at`."""
    depth, end = 1, at
    while end < len(text) and depth:
        depth += (text[end] == "{") - (text[end] == "}")
        end += 1
    return text[at:end]


def functions(path, text):
    """The functions that a header declares, inline ones included."""
    head = (re.match(r"\s*/\*.*?\*/", text, re.S) or re.match("", text)).group()
    comment, declared, opened, where, depth, at = "", "", "", 0, 0, 0
    for found in TOKEN.finditer(text):
        token = found.group()
        piece = text[at:found.start()]
        if depth == 0:
            declared += piece
        at = found.end()
        if token.startswith("/*"):
            begins_line = not text[:found.start()].rpartition("\n")[2].strip()
            if depth == 0 and not declared.strip() and begins_line:
                comment = token if text[:found.start()].strip() else ""
        elif token.lstrip().startswith("#"):
            declared = "" if depth == 0 else declared
        elif token.startswith("\n"):
            if depth == 0 and not declared.strip():
                comment = ""
        elif token in "()":
            if depth == 0:
                declared += token
        elif token == "{":
            if depth == 0 and LINKAGE.match(declared):
                declared = ""
                continue
            depth += 1
            if depth == 1:
                opened, where = declared, found.start()
        elif token == "}":
            depth = max(depth - 1, 0)
            if depth == 0 and "(" in opened:
                yield from declared_in(path, text, opened, where, comment, head)
                declared = ""
        elif depth == 0:
            yield from declared_in(path, text, declared, found.start(), comment, head)
            declared = ""


def declared_in(path, text, declared, end, comment, head):
    """The function that a declaration is; none for a type or a variable."""
    mark = "BW_NODISCARD" in declared
    plain = ATTRIBUTE.sub(" ", declared).replace("BW_NODISCARD", " ").strip()
    if not plain or TYPE_ONLY.match(plain):
        return
    match = FUNCTION.match(plain)
    if match and match.group("type").strip():
        line = text.count("\n", 0, end - len(declared.lstrip())) + 1
        yield Function(path, line, match, comment.strip(), head.strip(), mark)


def all_functions(root):
    """Those of all headers."""
    texts = {path: tree.read(root, path) for path in tree.sources(root, TOPS, (".h",))}
    types = Types(texts.values())
    for path, text in texts.items():
        for function in functions(path, text):
            function.types = types
            yield function
