#!/usr/bin/env python3
"""The published figures of councils' folders, worked out with somebody else's tools.

    peers.py polars|duckdb|pandas|csv FOLDER...

In: folders that hold data/survey.csv and data/workers.csv with the national column names. Out,
as JSON: folder -> breakdown/group -> item -> score of a question or value of a measure, and the
counts of each answer. The whole's score of a question is the services' weighted by how many
sheets each has, which is how many it asked.
"""
import json
import sys

QUESTIONS = """caseload-manageable caseload-fits-experience supervision-quality supervision-protected
manager-access team-supervision case-system equipment it-help admin-support confidential-space cover
intend-to-stay research-access research-time development specialist-advice safe-at-work raise-concerns
wellbeing-support""".split()
ANSWERS = ["strongly disagree", "disagree", "neither", "agree", "strongly agree"]
BREAKDOWNS = ["service", "team", "role"]
MEASURES = ["caseload-per-fte", "high-caseloads", "hours-over-contract", "supervision-held", "appraisal-current"]


def score(counts):
    answered = sum(counts)
    return 25 * sum(step * count for step, count in enumerate(counts)) / answered if answered else None


def question_figures(counts_of, sheets_of):
    """counts_of: (breakdown, group) -> question -> five counts; sheets_of: service -> sheets."""
    figures = {}
    for (breakdown, group), by_question in counts_of.items():
        own = figures.setdefault(f"{breakdown}/{group}", {})
        for question, counts in by_question.items():
            value = score(counts)
            if breakdown == "whole":
                parts = [(score(counts_of["service", service][question]), sheets) for service, sheets in sheets_of.items()]
                parts = [(part, sheets) for part, sheets in parts if part is not None]
                value = sum(part * sheets for part, sheets in parts) / sum(sheets for _, sheets in parts)
            own[question] = [value, counts]
    return figures


def measures_of(holders_cases, holders_fte, holders, high, hours, workers, held, due, current, told):
    return {
        "caseload-per-fte": holders_cases / holders_fte if holders_fte else None,
        "high-caseloads": 100 * high / holders if holders else None,
        "hours-over-contract": hours / workers if workers else None,
        "supervision-held": 100 * held / due if due else None,
        "appraisal-current": 100 * current / told if told else None,
    }


def with_polars(folders):
    import polars as pl

    def survey_aggregates():
        return [(pl.col(q) == answer).sum().alias(f"{q}|{step}") for q in QUESTIONS for step, answer in enumerate(ANSWERS)]

    holds = (pl.col("cases") >= 1) & pl.col("fte").is_not_null()
    due = (pl.col("supervision_due") >= 1) & pl.col("supervision_held").is_not_null()
    over = pl.col("hours_worked") - pl.col("hours_contracted")
    measures = [
        pl.col("cases").filter(holds).sum(), pl.col("fte").filter(holds).sum(), holds.sum().alias("holders"),
        (holds & (pl.col("cases") > 20 * pl.col("fte"))).sum().alias("high"),
        over.clip(0).sum().alias("hours"), over.count().alias("workers"),
        pl.min_horizontal("supervision_held", "supervision_due").filter(due).sum().alias("held"),
        pl.col("supervision_due").filter(due).sum().alias("due"),
        (pl.col("appraisal_current") == "yes").sum().alias("current"),
        pl.col("appraisal_current").is_in(["yes", "no"]).sum().alias("told"),
    ]

    def scan(name, columns):
        # One scan for all councils.
        paths = [f"{folder}/data/{name}.csv" for folder in folders]
        frame = pl.scan_csv(paths, include_file_paths="path").select(["path"] + columns)
        return frame

    found = {folder: {} for folder in folders}
    survey = scan("survey", BREAKDOWNS + QUESTIONS)
    workers = scan("workers", BREAKDOWNS + ["cases", "fte", "hours_worked", "hours_contracted", "supervision_held", "supervision_due", "appraisal_current"])
    queries = []
    for breakdown in ["whole"] + BREAKDOWNS:
        by = ["path"] if breakdown == "whole" else ["path", breakdown]
        queries.append(survey.group_by(by).agg(survey_aggregates() + [pl.len()]))
        queries.append(workers.group_by(by).agg(measures))
    results = pl.collect_all(queries)
    folder_of = lambda path: path.rsplit("/data/", 1)[0]
    counts, sheets = {f: {} for f in folders}, {f: {} for f in folders}
    for nth, breakdown in enumerate(["whole"] + BREAKDOWNS):
        for row in results[2 * nth].iter_rows(named=True):
            folder, group = folder_of(row["path"]), row.get(breakdown, "whole")
            counts[folder][breakdown, group] = {q: [row[f"{q}|{step}"] for step in range(5)] for q in QUESTIONS}
            if breakdown == "service":
                sheets[folder][group] = row["len"]
    for folder in folders:
        found[folder] = question_figures(counts[folder], sheets[folder])
    for nth, breakdown in enumerate(["whole"] + BREAKDOWNS):
        for row in results[2 * nth + 1].iter_rows(named=True):
            group = row.get(breakdown, "whole")
            values = [row[n] for n in ["cases", "fte", "holders", "high", "hours", "workers", "held", "due", "current", "told"]]
            found[folder_of(row["path"])].setdefault(f"{breakdown}/{group}", {}).update(measures_of(*values))
    return found


def with_duckdb(folders):
    import duckdb

    connection = duckdb.connect()
    sets = "GROUPING SETS ((filename), (filename, service), (filename, team), (filename, role))"
    answers = ", ".join(f"count(*) FILTER (WHERE \"{q}\" = '{a}')" for q in QUESTIONS for a in ANSWERS)
    paths = lambda name: [f"{folder}/data/{name}.csv" for folder in folders]
    head = "SELECT filename, service, team, role, GROUPING(service), GROUPING(team), GROUPING(role), count(*), "
    survey = connection.execute(
        f"{head}{answers} FROM read_csv(?, filename = true, all_varchar = true) GROUP BY {sets}", [paths("survey")]).fetchall()
    holds, due = "cases >= 1 AND fte IS NOT NULL", "supervision_due >= 1 AND supervision_held IS NOT NULL"
    over = "hours_worked - hours_contracted"
    wanted = f"""sum(cases) FILTER (WHERE {holds}), sum(fte) FILTER (WHERE {holds}),
        count(*) FILTER (WHERE {holds}), count(*) FILTER (WHERE {holds} AND cases > 20 * fte),
        sum(greatest(0, {over})) FILTER (WHERE {over} IS NOT NULL), count({over}),
        sum(least(supervision_held, supervision_due)) FILTER (WHERE {due}),
        sum(supervision_due) FILTER (WHERE {due}),
        count(*) FILTER (WHERE appraisal_current = 'yes'), count(*) FILTER (WHERE appraisal_current IN ('yes', 'no'))"""
    workers = connection.execute(
        f"{head}{wanted} FROM read_csv(?, filename = true, types = {{'appraisal_current': 'VARCHAR'}}) GROUP BY {sets}", [paths("workers")]).fetchall()

    def group(row):
        _, service, team, role, no_service, no_team, no_role = row[:7]
        if not no_service:
            return "service", service
        if not no_team:
            return "team", team
        return ("role", role) if not no_role else ("whole", "whole")

    folder_of = lambda path: path.rsplit("/data/", 1)[0]
    counts, sheets = {f: {} for f in folders}, {f: {} for f in folders}
    for row in survey:
        folder, of = folder_of(row[0]), group(row)
        counts[folder][of] = {q: list(row[8 + 5 * n: 13 + 5 * n]) for n, q in enumerate(QUESTIONS)}
        if of[0] == "service":
            sheets[folder][of[1]] = row[7]
    found = {folder: question_figures(counts[folder], sheets[folder]) for folder in folders}
    for row in workers:
        of = group(row)
        found[folder_of(row[0])].setdefault("/".join(of), {}).update(measures_of(*row[8:]))
    return found


def with_pandas(folders):
    import pandas as pd

    found = {}
    for folder in folders:
        survey = pd.read_csv(f"{folder}/data/survey.csv", usecols=BREAKDOWNS + QUESTIONS, dtype=str)
        counts = {}
        for breakdown in ["whole"] + BREAKDOWNS:
            by = pd.Series("whole", index=survey.index) if breakdown == "whole" else survey[breakdown]
            for question in QUESTIONS:
                table = pd.crosstab(by, survey[question])
                for group in by.unique():
                    own = table.loc[group] if group in table.index else {}
                    counts.setdefault((breakdown, group), {})[question] = [int(own.get(answer, 0)) for answer in ANSWERS]
        figures = question_figures(counts, survey["service"].value_counts().to_dict())
        workers = pd.read_csv(f"{folder}/data/workers.csv")
        holds = (workers["cases"] >= 1) & workers["fte"].notna()
        due = (workers["supervision_due"] >= 1) & workers["supervision_held"].notna()
        over = workers["hours_worked"] - workers["hours_contracted"]
        frame = pd.DataFrame({
            "a": workers["cases"].where(holds, 0), "b": workers["fte"].where(holds, 0), "c": holds,
            "d": holds & (workers["cases"] > 20 * workers["fte"]),
            "e": over.clip(lower=0), "f": over.notna(),
            "g": workers[["supervision_held", "supervision_due"]].min(axis=1).where(due, 0),
            "h": workers["supervision_due"].where(due, 0), "i": workers["appraisal_current"] == "yes",
            "j": workers["appraisal_current"].isin(["yes", "no"]),
        })
        for breakdown in ["whole"] + BREAKDOWNS:
            by = pd.Series("whole", index=workers.index) if breakdown == "whole" else workers[breakdown]
            for group, row in frame.groupby(by).sum().iterrows():
                figures.setdefault(f"{breakdown}/{group}", {}).update(measures_of(*map(float, row)))
        found[folder] = figures
    return found


def with_csv(folders):
    import csv

    found = {}
    place = {answer: step for step, answer in enumerate(ANSWERS)}
    for folder in folders:
        counts, sheets = {}, {}
        with open(f"{folder}/data/survey.csv", newline="", encoding="utf-8") as file:
            reader = csv.reader(file)
            header = next(reader)
            at = [header.index(q) for q in QUESTIONS]
            by = [(b, header.index(b)) for b in BREAKDOWNS]
            for row in reader:
                steps = [place.get(row[i]) for i in at]
                sheets[row[by[0][1]]] = sheets.get(row[by[0][1]], 0) + 1
                for group in [("whole", "whole")] + [(b, row[i]) for b, i in by]:
                    own = counts.get(group)
                    if own is None:
                        own = counts[group] = [[0] * 5 for _ in QUESTIONS]
                    for counted, step in zip(own, steps):
                        if step is not None:
                            counted[step] += 1
        figures = question_figures({g: dict(zip(QUESTIONS, c)) for g, c in counts.items()}, sheets)
        sums = {}
        with open(f"{folder}/data/workers.csv", newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                number = lambda column: float(row[column]) if row[column] else None
                cases, fte = number("cases"), number("fte")
                worked, contracted = number("hours_worked"), number("hours_contracted")
                held, due = number("supervision_held"), number("supervision_due")
                holds = cases is not None and cases >= 1 and fte is not None
                has_due = due is not None and due >= 1 and held is not None
                over = None if worked is None or contracted is None else max(0, worked - contracted)
                own = [
                    cases if holds else 0, fte if holds else 0, holds, holds and cases > 20 * fte,
                    over or 0, over is not None, min(held, due) if has_due else 0, due if has_due else 0,
                    row["appraisal_current"] == "yes", row["appraisal_current"] in ("yes", "no"),
                ]
                for group in ["whole/whole"] + [f"{b}/{row[b]}" for b in BREAKDOWNS]:
                    before = sums.get(group)
                    sums[group] = own if before is None else [a + b for a, b in zip(before, own)]
        for group, own in sums.items():
            figures.setdefault(group, {}).update(measures_of(*own))
        found[folder] = figures
    return found


if __name__ == "__main__":
    tool, folders = sys.argv[1], sys.argv[2:]
    json.dump({"polars": with_polars, "duckdb": with_duckdb, "pandas": with_pandas, "csv": with_csv}[tool](folders), sys.stdout)
