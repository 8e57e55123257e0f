# SPDX-License-Identifier: Apache-2.0
"""Reads answers as `curl -i` prints them, with parsers that have nothing to do with ours, and prints what they mean.

read_answers.py SCHEMA < answers; each answer ends with a line that holds one form feed.
`Deprecation` is read by http-sf, which `scripts/python-packages` installs.
"""
import email.utils
import http.cookiejar
import json
import pathlib
import re
import sys

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / ".build/python"))
try:
    import http_sf
except ImportError:
    sys.exit("there is no http-sf: run scripts/python-packages")


def deprecation(value):
    date, parameters = http_sf.parse(value.encode(), tltype="item")
    assert not parameters, value
    return int(date.timestamp())


def sunset(value):
    date = email.utils.parsedate_to_datetime(value)
    assert email.utils.format_datetime(date, usegmt=True) == value, "not the one form of an HTTP date: " + value
    assert http.cookiejar.http2time(value) == date.timestamp(), value
    return int(date.timestamp())


def link(value):
    target, relation = re.fullmatch('<([^<>" ]+)>; rel="([a-z-]+)"(?:; type="text/html")?', value).groups()
    return relation + " " + target


schema = json.load(open(sys.argv[1]))
for answer in sys.stdin.read().split("\f\n"):
    if not answer.strip():
        continue
    head, _, body = answer.replace("\r\n", "\n").partition("\n\n")
    lines = head.split("\n")
    facts = {"status": int(lines[0].split(" ")[1]), "links": []}
    for line in lines[1:]:
        name, _, value = line.partition(": ")
        name = name.lower()
        assert name == "link" or name not in facts, "twice: " + name
        if name == "deprecation":
            facts[name] = deprecation(value)
        elif name == "sunset":
            facts[name] = sunset(value)
        elif name == "link":
            facts["links"].append(link(value))
        else:
            facts[name] = value
    if facts.get("content-type") == "application/problem+json":
        problem = json.loads(body)
        jsonschema.validate(problem, schema)
        assert problem["status"] == facts["status"], problem
        facts["problem"] = problem.pop("type").removeprefix("urn:weir:problem:")
        for name, value in problem.items():
            facts["problem." + name] = ", ".join(value) if isinstance(value, list) else value
    else:
        facts["body"] = body
    print(json.dumps(facts, sort_keys=True))
