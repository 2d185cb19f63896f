"""The grade of each scope: a band, or withheld."""

from fractions import Fraction

from edition import ITEMS, band
from reading import Missing
from scoring import a_year_before

GOOD = 2


def own(scope):
    """A scope's band by its own figures; None where it is withheld."""
    lower = scope.assured() - (Fraction(scope.overall_half_width()) if scope.overall_half_width() is not None else 0)
    if band(lower) >= GOOD:
        found = band(lower)
    elif band(scope.assured()) == 0:
        found = 0
    else:
        found = 1
    weakest = min(band(standard["assured"]) for standard in scope.standards.values())
    return None if withheld(scope) else min(found, weakest + 1)


def withheld(scope):
    """Every reason, as a word."""
    said, reasons = scope.said, []
    home = {item[0]: item[1] for item in ITEMS}
    home.update({id: card["standard"] for id, card in said["items"].items() if id not in home})
    full = {
        action.get("standard") or home[action["item"]]
        for action in said["actions"]
        if action["status"] != "dropped"
        and all(action.get(key) is not None for key in ("owner", "start", "due", "measure", "baseline", "target"))
    }
    for name, found in scope.standards.items():
        if found["score"] is None:
            reasons.append(f"{name} not rated")
        elif band(found["score"]) < GOOD and name not in full:
            reasons.append(f"{name} without action")
    lead = said.get("lead")
    if not lead or not lead["post"].strip() or not lead["social_work_qualified"]:
        reasons.append("lead")
    since = a_year_before(said["as_of"])
    if not any(since <= on <= said["as_of"] for on in said["consulted"]):
        reasons.append("nobody consulted")
    answered = scope.sheets.answered if scope.sheets else 0
    asked = scope.asked()
    if answered < 10:
        reasons.append("few answered")
    if asked is None or 3 * answered < asked:
        reasons.append("response")
    people = headcount(scope)
    # A reason is given in the council card's note.
    if asked is not None and people and 10 * asked < 9 * people and not said.get("note"):
        reasons.append("asked")
    return reasons


def headcount(scope):
    """People in post in scope, where every row says."""
    rows = scope.group.get("workforce")
    if rows is None or "in_post_headcount" not in scope.tables["workforce"].columns:
        return None
    people = [row["in_post_headcount"] for row in rows]
    people = [number for number in people if not (isinstance(number, Missing) and number.reason == "z")]
    return None if any(isinstance(number, Missing) for number in people) else sum(people)


def grades(scopes):
    """The band of each scope, None where withheld; the whole's rests on the services'."""
    found = [own(scope) for scope in scopes]
    if len(scopes) > 1:
        services = found[1:]
        if found[0] is None or None in services:
            found[0] = None
        else:
            found[0] = min(found[0], min(services) + 1)
    return found
