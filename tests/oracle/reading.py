"""CSV files in, rows of exact values out.

A cell is a Fraction, a text, an answer's place on its scale, or Missing with its reason.
An empty cell is missing, never 0.
"""

import csv
import re
from fractions import Fraction
from pathlib import Path

from edition import ANSWERS, ITEMS, UNSCORED

# From the least grave to the gravest.
GRAVITY = ["z", "low", "x", "u", "c"]


class Missing:
    """A value that is not there, and why."""

    def __init__(self, reason):
        self.reason = reason

    def __repr__(self):
        return self.reason


NOT_APPLICABLE = Missing("z")
NOT_AVAILABLE = Missing("x")
UNRELIABLE = Missing("u")


def graver(reasons):
    return Missing(max((missing.reason for missing in reasons), key=GRAVITY.index))


UNMARKED = "unmarked"  # counted, not scored: "not applicable", "prefer not to say"

NUMBERS = {
    "fte", "cases", "ceiling", "hours_contracted", "hours_worked", "supervision_due", "supervision_held",
    "in_post_fte", "in_post_headcount", "vacancies_fte", "agency_fte", "leavers_fte", "sickness_days_fte",
    "unallocated_cases", "allocated_cases", "case_holders_fte", "posts_filled", "days_to_fill",
    "system_hours_lost",
}
YES_NO = {"newly_qualified", "agency", "appraisal_current"}
WORDS = {"team", "role"}


class Table:
    """Rows of a file, columns under the nation's names. `columns` are those it has."""

    def __init__(self, rows, columns):
        self.rows = rows
        self.columns = columns


def fold(text):
    return text.replace("\u00a0", " ").strip().lower()


def scale_of(tailoring):
    """Scored answers and those that are only counted, as a question's card has them."""
    return (tailoring.get("answers") or ANSWERS), UNSCORED + (tailoring.get("unscored") or [])


def read(folder, said):
    """Every table that the script names."""
    tables = {}
    for name, card in said["tables"].items():
        tables[name] = read_table(Path(folder) / card["file"], name, card, said)
    return tables


def read_table(path, name, card, said):
    with open(path, encoding="utf-8", newline="") as file:
        lines = [line for line in csv.reader(file) if line]
    header, body = [cell.strip() for cell in lines[0]], lines[1:]
    wanted = [*NUMBERS, *YES_NO, *WORDS, "service"]
    scales = {}
    if name == "survey":
        questions = [item[0] for item in ITEMS if item[2] == "question"]
        questions += [id for id, own in said["items"].items() if own["kind"] == "question" and id not in questions]
        scales = {id: scale_of(said["items"].get(id, {})) for id in questions}
        wanted += questions
    sources = {}
    for column in wanted:
        own_header = said["items"].get(column, {}).get("column") if column in scales else None
        source = card.get("columns", {}).get(column, {"header": own_header or column})
        if "header" in source:
            if source["header"] not in header:
                continue
            source = {"at": header.index(source["header"])}
        sources[column] = source
    absent = {fold(text) for text in card.get("missing", [])}
    columns = {}
    for column, source in sources.items():
        codes = {fold(local): national for local, national in card.get("codes", {}).get(column, {}).items()}
        if "at" in source:
            texts = [line[source["at"]] if source["at"] < len(line) else "" for line in body]
            known = {text: meaning(column, text, codes, absent, scales) for text in set(texts)}
            columns[column] = [known[text] for text in texts]
        else:
            given = Fraction(source["number"]) if "number" in source else source["always"]
            columns[column] = [given] * len(body)
    rows = [dict(zip(columns, cells)) for cells in zip(*columns.values())]
    return Table(rows, set(sources))


def meaning(column, text, codes, absent, scales):
    text = codes.get(fold(text), text).strip()
    folded = fold(text)
    if folded == "" or folded in absent:
        return NOT_AVAILABLE
    if column in scales:
        scored, unscored = scales[column]
        known = [fold(label) for label in scored]
        if folded in known:
            return known.index(folded)
        if folded in [fold(label) for label in unscored]:
            return UNMARKED
        if plain(folded) and Fraction(folded) in range(1, len(scored) + 1):
            return int(Fraction(folded)) - 1
    elif column in NUMBERS:
        if folded in GRAVITY:
            return Missing(folded)
        if plain(folded):
            return Fraction(folded)
    elif column in YES_NO:
        if folded in ("yes", "y", "true"):
            return "yes"
        if folded in ("no", "n", "false"):
            return "no"
        if folded in ("not due", "not applicable", "n/a", "z"):
            return NOT_APPLICABLE
    elif column == "service":
        if folded in ("children", "adults"):
            return folded
    else:
        return text
    raise ValueError(f"the oracle cannot read `{text}` in the column `{column}`")


def plain(text):
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text) is not None
