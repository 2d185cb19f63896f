"""The twelve national measures, from rows to a value or the reason why there is none.

On `workers` a measure uses the rows that have every column it needs, top and bottom alike,
and needs nine tenths of those it is about. A row that is `z` in a column is not one that the
measure is about; a row of which it cannot be told whether it belongs is.
On `workforce` every row must have every column, save those that are `z`.
"""

from fractions import Fraction

from reading import Missing, NOT_APPLICABLE, NOT_AVAILABLE, UNRELIABLE, graver


def ratio(top, bottom):
    if bottom == 0:
        return NOT_AVAILABLE if top != 0 else NOT_APPLICABLE
    return top / bottom


def percent(top, bottom):
    found = ratio(top, bottom)
    return found if isinstance(found, Missing) else 100 * found


def complete(rows, needs, among=None):
    """The rows to use, or the reason why too few can be. `among`: a column and the least
    value with which a row belongs."""
    used, about = [], 0
    for row in rows:
        belongs = row[among[0]] if among else None
        if among and not isinstance(belongs, Missing) and belongs < among[1]:
            continue
        missing = [row[need] for need in needs if isinstance(row[need], Missing)]
        if among and isinstance(belongs, Missing) and belongs.reason == "z":
            continue
        # Of several gaps in a row the graver counts (see README: silent).
        if missing and graver(missing).reason == "z":
            continue
        about += 1
        if not missing:
            used.append(row)
    if about == 0:
        return NOT_APPLICABLE
    # Nothing of the kind was collected (see README: silent).
    if not used:
        return NOT_AVAILABLE
    if Fraction(len(used), about) < Fraction(9, 10):
        return UNRELIABLE
    return used


def of_workers(table, rows, needs, formula, among=None):
    if table is None or rows is None or any(need not in table.columns for need in needs):
        return NOT_AVAILABLE
    used = complete(rows, needs, among)
    return used if isinstance(used, Missing) else formula(used)


def of_workforce(table, rows, needs, formula):
    if table is None or rows is None or any(need not in table.columns for need in needs):
        return NOT_AVAILABLE
    totals, gaps = dict.fromkeys(needs, Fraction(0)), []
    for row in rows:
        missing = [row[need] for need in needs if isinstance(row[need], Missing)]
        if missing and graver(missing).reason == "z":
            continue
        gaps += missing
        if not missing:
            for need in needs:
                totals[need] += row[need]
    return graver(gaps) if gaps else formula(*(totals[need] for need in needs))


def total(rows, column):
    return sum((row[column] for row in rows), Fraction(0))


def measure(id, tables, group):
    """The value of a national measure in a group of rows."""
    workers, workforce = tables.get("workers"), tables.get("workforce")

    def people(needs, formula, among=None):
        return of_workers(workers, group.get("workers"), needs, formula, among)

    def posts(needs, formula):
        return of_workforce(workforce, group.get("workforce"), needs, formula)

    holders = ("cases", 1)
    if id == "caseload-per-fte":
        if workers is None:
            return posts(["allocated_cases", "case_holders_fte"], ratio)
        return people(["cases", "fte"], lambda rows: ratio(total(rows, "cases"), total(rows, "fte")), holders)
    if id == "high-caseloads":
        return people(["cases", "fte"], lambda rows: share(rows, lambda row: row["cases"] > 20 * row["fte"]), holders)
    if id == "unallocated-cases":
        return posts(["unallocated_cases", "allocated_cases"], lambda no, yes: percent(no, yes + no))
    if id == "hours-over-contract":
        return people(
            ["hours_worked", "hours_contracted"],
            lambda rows: mean([max(Fraction(0), row["hours_worked"] - row["hours_contracted"]) for row in rows]),
        )
    if id == "supervision-held":
        return people(
            ["supervision_due", "supervision_held"],
            lambda rows: percent(
                sum(min(row["supervision_held"], row["supervision_due"]) for row in rows),
                total(rows, "supervision_due"),
            ),
            ("supervision_due", 1),
        )
    if id == "appraisal-current":
        return people(["appraisal_current"], lambda rows: share(rows, lambda row: row["appraisal_current"] == "yes"))
    if id == "system-hours-lost":
        return posts(
            ["system_hours_lost", "in_post_fte", "agency_fte"],
            lambda hours, in_post, agency: ratio(hours / 12, in_post + agency),
        )
    if id == "vacancy-rate":
        return posts(["vacancies_fte", "in_post_fte"], lambda vacant, filled: percent(vacant, vacant + filled))
    if id == "turnover-rate":
        return posts(["leavers_fte", "in_post_fte"], percent)
    if id == "agency-rate":
        return posts(["agency_fte", "in_post_fte"], lambda agency, own: percent(agency, agency + own))
    if id == "time-to-fill":
        return posts(["days_to_fill", "posts_filled"], ratio)
    if id == "sickness-absence":
        return posts(["sickness_days_fte", "in_post_fte"], lambda days, own: percent(days, own * 253))
    raise KeyError(id)


def share(rows, holds):
    return percent(Fraction(sum(1 for row in rows if holds(row))), Fraction(len(rows)))


def mean(values):
    return sum(values, Fraction(0)) / len(values) if values else NOT_APPLICABLE


def anchored(value, best, worst):
    """100 at best, 0 at worst, straight between, clamped."""
    if isinstance(value, Missing):
        return value
    best, worst = Fraction(best), Fraction(worst)
    return min(Fraction(100), max(Fraction(0), 100 * (worst - value) / (worst - best)))
