#!/usr/bin/env python3
"""Each test that sync/exchange/FAULTS.md names is there.

    faults_test.py ROOT
"""
import glob
import os
import re
import sys


def main():
    root = sys.argv[1]
    with open(os.path.join(root, "sync/exchange/FAULTS.md"), encoding="utf-8") as page:
        named = set(re.findall(r"`([a-z]\w+_\w+_\w+)`", page.read()))
    there = set()
    for path in glob.glob(os.path.join(root, "tests/**/*_test.c"), recursive=True) + \
            glob.glob(os.path.join(root, "tests/**/*.py"), recursive=True) + \
            [os.path.join(root, "tests/sync/exchange/carrier_contract.c")]:
        with open(path, encoding="utf-8") as source:
            there.update(re.findall(r"^(?:    def )?(\w+)\((?:void \*|self)",
                                    source.read(), re.M))
    missing = sorted(named - there)
    for name in missing:
        print("sync/exchange/FAULTS.md: no test is called", name)
    if not named:
        print("sync/exchange/FAULTS.md: names no test")
    return 1 if missing or not named else 0


if __name__ == "__main__":
    sys.exit(main())
