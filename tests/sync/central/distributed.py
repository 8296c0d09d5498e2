#!/usr/bin/env python3
"""What distributed PostgreSQL (Citus, distributed by session_no) refuses, looked for in
every SQL statement of the sources.

    tests/sync/central/distributed.py SOURCE_FOLDER

Statements are gathered from the C sources: neighbouring string literals, and the macros
of the same file that are such literals. A text that a program puts together in another
way is seen as far as its literals go. No such server is asked: these are its rules as
its manual tells them.

D1 a unique key of a growing table has session_no in it.
D2 FOR UPDATE of a growing table is of one session.
D3 a correlated subquery over a growing table is of one session (session_no = or IN in
   it). One is told by a name before a dot that its own FROM doesn't have.
D4 a policy calls nothing but what tells of roles.
D5 no trigger, no sequence.
D6 each table is named below: it grows, or it is a reference table.

What breaks them is in KNOWN with its reason. The list may only shrink: one that isn't
met any more is a failure too.
"""

import os
import re
import sys

GROWING = {
    "device_session", "event", "event_details", "head_statement", "letter",
    "quarantine", "registration", "registration_gone", "ruling", "sealed",
    "step_registration", "ticket", "told", "walk_in",
}
# On every machine whole: small, or asked by what is no session.
REFERENCE = {
    "agenda_item", "central", "central_schema", "device", "heard", "import_batch",
    "introduction", "learned", "letter_in", "letter_out", "mail_state", "mail_text",
    "person", "person_alias", "place", "purged_session", "report_version", "school",
    "series", "session", "setting", "signing_key", "step", "step_agenda", "step_alias",
    "step_person", "step_quarantine", "step_session",
}
MOST = 13  # of KNOWN: goes down with it, never up
ROLES = {"pg_has_role", "to_regrole"}
# (rule, how the breach begins) -> why it is so, and what would end it.
KNOWN = {
    ("D1", "quarantine (number)"):
        "numbers people name in settle; would be by session",
    ("D1", "quarantine (device, seq, hash)"):
        "an event waits once, whatever session it says",
    ("D1", "registration (code)"):
        "a code is unique over all sessions: tickets say no session",
    ("D1", "registration_gone (code)"):
        "as registration",
    ("D1", "step_registration (step_no, code)"):
        "steps go over sessions; as registration",
    ("D1", "ticket (text)"):
        "a ticket's text is looked up alone",
    ("D1", "ticket (code, generation, signing_key)"):
        "as registration",
    ("D1", "walk_in (code)"):
        "a walk-in's code is none of any registration's",
    ("D3", "UPDATE person SET identity = NULL"):
        "people of no session any more: purge",
    ("D3", "SELECT s.step_no, s.at_ms, s.what"):
        "counts of steps: log",
    ("D3", "INSERT INTO step_registration (step_no, code, fresh"):
        "what a step changes, by code",
    ("D3", "SELECT format('DROP ROLE %%I'"):
        "roles are no session's; what fails here is let be",
    ("D3", "SELECT t.code, t.first_name, t.name, t.status"):
        "mailings go over sessions",
}
STARTS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|BEGIN|DO"
                    r"|LOCK)\b")
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
TOKEN = re.compile(r"/\*.*?\*/|//[^\n]*|'(?:[^'\\\n]|\\.)'|" + LITERAL
                   + r"|[A-Za-z_]\w*|\d+|\S", re.S)
MACRO = re.compile(r"^#define (\w+)(?:\([^)]*\))?((?:[^\n]*\\\n)*[^\n]*)$", re.M)
LISTED = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?(?:[%@]?\w+\.)?(\w+)")


def text_of(literal):
    return re.sub(r'\\(.)', lambda m: {"n": "\n"}.get(m[1], m[1]), literal[1:-1])


def macros_of(source):
    """Macros that are texts: name -> tokens."""
    macros = {}
    for name, body in MACRO.findall(source):
        body = body.replace("\\\n", "\n")
        if '"' in body:
            macros[name] = [t for t in TOKEN.findall(body) if t[:2] not in ("/*", "//")]
    return macros


def statements_of(source):
    """Each run of neighbouring literals that begins as SQL does."""
    macros = macros_of(source)
    source = re.sub(r"^#(?:[^\n]*\\\n)*[^\n]*$", "", source, flags=re.M)

    def texts(tokens, depth):
        for token in tokens:
            if token in macros and depth < 8:
                yield from texts(macros[token], depth + 1)
                yield ("macro", None)
            else:
                yield ("text", text_of(token)) if token[0] == '"' else ("other", token)

    found, run, after_macro = [], [], 0
    for kind, value in list(texts(TOKEN.findall(source), 0)) + [("other", ";")]:
        if kind == "text":
            run.append(value)
            continue
        if kind == "macro":
            after_macro = 1
            continue
        if value.startswith(("/*", "//")):
            continue
        if after_macro and value == "(":  # a macro's arguments
            after_macro = 2
            continue
        if after_macro == 2:
            after_macro = 0 if value == ")" else 2
            continue
        after_macro = 0
        if run:
            found.append("".join(run))
        run = []
    for text in found:
        if STARTS.match(text):
            yield re.sub(r"\s+", " ", text).strip()


def parts(text):
    """What stands between commas that are in no brackets."""
    depth, part = 0, ""
    for c in text:
        depth += (c == "(") - (c == ")")
        if c == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += c
    yield part.strip()


def inside(text, at):
    """What the bracket that opens at `at` has in it."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return text[at + 1:i]
    return text[at + 1:]


def subqueries(sql):
    return [inside(sql, m.start()) for m in re.finditer(r"\(\s*SELECT\b", sql)]


def keys_of(sql):
    """Table, and its unique keys' columns, of a CREATE TABLE or CREATE UNIQUE INDEX."""
    made = re.match(r"CREATE UNIQUE INDEX \S+ ON (?:@\w+\.)?(\w+) ?\(([^)]*)\)", sql)
    if made:
        return made[1], [[c.strip() for c in made[2].split(",")]]
    made = re.match(r"CREATE TABLE (?:IF NOT EXISTS )?(?:@\w+\.)?(\w+) ?\(", sql)
    if not made:
        return None, []
    keys = []
    for part in parts(inside(sql, made.end() - 1)):
        whole = re.match(r"(?:PRIMARY KEY|UNIQUE) ?\(([^)]*)\)", part)
        if whole:
            keys.append([c.strip() for c in whole[1].split(",")])
        elif re.search(r"\b(PRIMARY KEY|UNIQUE)\b", part):
            keys.append([part.split()[0]])
    return made[1], keys


def of_one_session(text):
    return re.search(r"session_no (=|IN)\s|= (\w+\.)?session_no\b", text)


def is_correlated(query):
    """Whether it speaks of a table that isn't in its own FROM."""
    own = {"pg_catalog"}
    named = r"(?:\bFROM|\bJOIN|,|\)) (?:[%@]?\w+\.)?(\w+)(?: AS)?(?: (\w+))?"
    for names in re.findall(named, query):
        own.update(names)
    spoken = re.findall(r"(?<![%@\w'])([a-z]\w*)\.[a-z]", query)
    return any(name not in own for name in spoken)


def breaches_of(sql):
    """(rule, what) of one statement; keys are looked at by breaches_of_keys."""
    if re.search(r"\bCREATE (CONSTRAINT )?TRIGGER\b|\b(BIG|SMALL)?SERIAL\b|\bSEQUENCE\b"
                 r"|\bnextval\b|\bAS IDENTITY\b", sql):
        yield "D5", sql
    for policy in re.findall(r"CREATE POLICY [^;]*", sql):
        for name in re.findall(r"\b([a-z_]\w*)\(", policy):
            if name not in ROLES:
                yield "D4", name
    tables = set(LISTED.findall(sql)) & GROWING
    if re.search(r"\bFOR (NO KEY )?UPDATE\b", sql) and tables and not of_one_session(sql):
        yield "D2", sql
    for query in subqueries(sql):
        own = query
        for below in subqueries(query):
            own = own.replace(below, "")
        growing = set(LISTED.findall(own)) & GROWING
        if growing and is_correlated(own) and not of_one_session(own):
            yield "D3", sql
            break


def breaches_of_keys(statements):
    """By what stands once all steps of the schema are done."""
    tables = {}
    for sql in statements:
        for one in sql.split(";"):
            one = one.strip()
            dropped = re.match(r"DROP TABLE (\w+)", one)
            if dropped:
                tables.pop(dropped[1], None)
            table, keys = keys_of(one)
            if table and one.startswith("CREATE TABLE") and not table.endswith("_kept"):
                tables[table] = keys
            elif table and table in tables:
                tables[table] += keys
    for table, keys in sorted(tables.items()):
        if table not in GROWING | REFERENCE:
            yield "D6", table
        for key in keys if table in GROWING else []:
            if "session_no" not in key:
                yield "D1", f"{table} ({', '.join(key)})"


# What each rule has to find, and its like that is well.
SAMPLES = (
    ("D1", "CREATE TABLE event (a INTEGER PRIMARY KEY, session_no INTEGER)",
     "CREATE TABLE event (a INTEGER, session_no INTEGER,"
     " PRIMARY KEY (session_no, a))"),
    ("D1", "CREATE TABLE walk_in (a INTEGER); CREATE UNIQUE INDEX w ON walk_in (a)",
     "CREATE TABLE walk_in (a INTEGER);"
     " CREATE UNIQUE INDEX w ON walk_in (session_no, a)"),
    ("D2", "SELECT 1 FROM event WHERE code = $1 FOR UPDATE",
     "SELECT 1 FROM event WHERE session_no = $1 FOR UPDATE"),
    ("D3", "SELECT (SELECT max(x.seq) FROM event x WHERE x.code = r.code)"
     " FROM registration r",
     "SELECT (SELECT max(x.seq) FROM event x WHERE x.session_no = r.session_no)"
     " FROM registration r"),
    ("D4", "CREATE POLICY p ON letter USING (mine(writer))",
     "CREATE POLICY p ON letter USING (pg_has_role(to_regrole('a'), 'MEMBER'))"),
    ("D5", "CREATE TABLE event (session_no BIGSERIAL)",
     "CREATE TABLE event (a INTEGER)"),
    ("D5", "CREATE TRIGGER t BEFORE INSERT ON event EXECUTE FUNCTION f()",
     "DROP TABLE event"),
    ("D6", "CREATE TABLE another (a INTEGER)", "CREATE TABLE central (a INTEGER)"),
)


def samples_wrong():
    """How many rules don't bite, or bite what is well."""
    wrong = 0
    for rule, bad, good in SAMPLES:
        for sql, wanted in ((bad, True), (good, False)):
            source = f'char sql[] = "{sql[:20]}" /* in "two" */ "{sql[20:]}";'
            (found,) = statements_of(source)
            rules = {rule for rule, _ in breaches_of(found)}
            rules |= {rule for rule, _ in breaches_of_keys([found])}
            if (rule in rules) != wanted:
                wrong += 1
                print(f"sample of {rule}: found {sorted(rules)} in {sql}")
    return wrong


def sources_of(root):
    for folder, _, names in sorted(os.walk(os.path.join(root, "sync"))):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                yield os.path.join(folder, name)


def main(root):
    statements, met = [], {}
    for path in sources_of(root):
        with open(path, encoding="utf-8") as file:
            statements += statements_of(file.read())
    order = sorted(set(statements), key=statements.index)
    breaches = list(breaches_of_keys(order))
    for sql in order:
        breaches += breaches_of(sql)
    wrong = samples_wrong()
    if len(KNOWN) != MOST:
        wrong += 1
        print(f"{len(KNOWN)} are known, and MOST is {MOST}")
    for rule, what in breaches:
        known = [k for k in KNOWN if k[0] == rule and k[1] == what[:len(k[1])]]
        for k in known:
            met[k] = True
        if not known:
            wrong += 1
            print(f"{rule}: {what}")
    for k in KNOWN:
        if k not in met:
            wrong += 1
            print(f"{k[0]}: {k[1]}: isn't met any more; take it off the list")
    print(f"distributed: {len(order)} statements, {wrong} failures, {len(KNOWN)} known")
    return 1 if wrong or len(order) < 200 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
