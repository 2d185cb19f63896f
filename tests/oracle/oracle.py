"""A second implementation of the national scores, by the rules and from the raw files.

    python3 tests/oracle/oracle.py FOLDER

Each folder in FOLDER is a council: `cards.json` (its script, card by card), its data files,
and `found.json`, what the program under test found. Everything is worked out anew, in exact
fractions, and compared to 1e-9. The first differences are printed in words; the exit code is
1 if there is one.
"""

import json
import math
import os
import sys
import time
from collections import Counter
from pathlib import Path

import grades
import local
import reading
import scoring
from edition import BANDS, STANDARDS

NEAR = 1e-9
SHOWN = int(os.environ.get("ORACLE_SHOWN", "20"))


def said_by(cards):
    """A council's cards, by what they are about."""
    said = {"items": {}, "omit": {}, "answers": [], "tables": {}, "actions": [], "consulted": [], "standards": {}}
    for verb, id, keys in cards:
        if verb == "council":
            said.update(keys)
        elif verb in ("measure", "question", "statement"):
            said["items"][id] = {"kind": verb, **keys}
            answers = keys.get("answers")
            if isinstance(answers, dict):
                said["items"][id]["answers"] = answers.get("scored")
                said["items"][id]["unscored"] = answers.get("unscored")
        elif verb == "omit":
            said["omit"][id] = keys
        elif verb == "answer":
            said["answers"].append({"id": id, **keys})
        elif verb == "table":
            keys["columns"] = {name: source_of(source) for name, source in keys.get("columns", {}).items()}
            said["tables"][id] = keys
        elif verb == "action":
            said["actions"].append(keys)
        elif verb == "consulted":
            said["consulted"].append(keys["on"])
        elif verb == "standard":
            said["standards"][id] = keys
        else:
            raise ValueError(f"the oracle does not know the card `{verb}`")
    said.setdefault("asked", {})
    return said


def source_of(source):
    if isinstance(source, str):
        return {"header": source}
    return source if isinstance(source, dict) else {"number": source}


class Comparison:
    def __init__(self):
        self.compared = Counter()
        self.differences = []
        self.differing = Counter()
        self.largest = 0.0
        self.largest_in = ""
        self.grades = Counter()

    def figure(self, kind, where, theirs, ours):
        """Two numbers, or two reasons why there is none."""
        self.compared[kind] += 1
        if isinstance(ours, reading.Missing):
            ours = ours.reason
        if isinstance(ours, str) or ours is None or isinstance(theirs, str) or theirs is None:
            if theirs != ours:
                self.differ(kind, where, theirs, ours)
            return
        off = abs(theirs - float(ours))
        if off > self.largest:
            self.largest, self.largest_in = off, where
        if not off <= NEAR:
            self.differ(kind, where, theirs, float(ours))

    def word(self, kind, where, theirs, ours):
        self.compared[kind] += 1
        if theirs != ours:
            self.differ(kind, where, theirs, ours)

    def differ(self, kind, where, theirs, ours):
        self.differing[kind] += 1
        self.differences.append(f"{where}: the program says {theirs!r}, the oracle {ours!r}")


def compare(folder, seen):
    said = said_by(json.loads((folder / "cards.json").read_text(encoding="utf-8")))
    found = json.loads((folder / "found.json").read_text(encoding="utf-8"))
    scopes = scoring.scopes(said, reading.read(folder, said))
    graded = grades.grades(scopes)
    if len(scopes) != len(found):
        seen.differ("scopes", folder.name, len(found), len(scopes))
        return
    for scope, theirs, grade in zip(scopes, found, graded):
        place = f"{folder.name}, {scope.service or 'whole'}"
        for id, (value, score) in scope.readings.items():
            seen.figure("item values", f"{place}, value of {id}", theirs["items"][id]["value"], value)
            seen.figure("item scores", f"{place}, score of {id}", theirs["items"][id]["score"], score)
        for id in STANDARDS:
            ours, own = scope.standards[id], theirs["standards"][id]
            at = f"{place}, {id}"
            seen.figure("standard scores", f"{at}, score", own["score"], ours["score"])
            seen.figure("assured scores", f"{at}, assured", own["assured"], ours["assured"])
            seen.figure("half-widths", f"{at}, half-width", own["half_width"], ours["half_width"])
            seen.word("coverage", f"{at}, coverage", [own["scored"], own["counted"]], [ours["scored"], ours["counted"]])
            band = None if ours["score"] is None else BANDS[scoring.band(ours["score"])]
            seen.word("bands", f"{at}, band", own["band"], band)
        seen.figure("overall scores", f"{place}, overall", theirs["overall"], scope.overall())
        seen.figure("assured scores", f"{place}, assured overall", theirs["assured"], scope.assured())
        seen.figure("half-widths", f"{place}, overall half-width", theirs["half_width"], scope.overall_half_width())
        word = "withheld" if grade is None else BANDS[grade]
        seen.word("grades", f"{place}, grade {theirs['reasons']} {grades.withheld(scope)}", theirs["grade"], word)
        seen.grades[word] += 1
        for id, score in local.questions(scope).items():
            seen.figure("local scores", f"{place}, local score of {id}", theirs["local"][id]["score"], score)


def main(folder):
    began, seen, councils = time.monotonic(), Comparison(), sorted(Path(folder).glob("council-*"))
    for council in councils:
        compare(council, seen)
    for words in seen.differences[:SHOWN]:
        print(words)
    if len(seen.differences) > SHOWN:
        print(f"… and {len(seen.differences) - SHOWN} more")
    for kind, number in seen.differing.items():
        print(f"{kind}: {number} of {seen.compared[kind]} differ")
    figures = sum(seen.compared.values())
    print(
        f"oracle: {len(councils)} councils, {figures} figures compared, {len(seen.differences)} differ; "
        f"largest difference {seen.largest:.1e} ({seen.largest_in or 'none'}); {time.monotonic() - began:.0f} s"
    )
    kinds = ", ".join(f"{number} {kind}" for kind, number in seen.compared.items())
    words = ", ".join(f"{number} {word}" for word, number in seen.grades.most_common())
    print(f"oracle: {kinds}; grades: {words}")
    if not councils or math.isnan(seen.largest):
        print("oracle: there was nothing to compare")
        return 1
    return 1 if seen.differences else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
