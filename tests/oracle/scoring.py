"""Items, standards and the overall score of one scope: the whole, or a service."""

from fractions import Fraction

import measures
import survey
from edition import ANSWERS, ITEMS, NOTICED_BY, STANDARDS, YEARLY, band
from reading import NOT_AVAILABLE, UNRELIABLE, Missing, fold

SAYS = {"no": Fraction(0), "partly": Fraction(50), "yes": Fraction(100)}


def known(value):
    return not isinstance(value, Missing)


def comparable(item, said):
    """Whether an item stands in the national score as the council tailors it."""
    id, _, kind, ask, _, _ = item
    card = said["items"].get(id, {})
    if kind != "question":
        # A measure's own anchors and formula, and a statement's weight, change nothing here.
        return kind == "measure" or card.get("ask", ask) == ask
    if card.get("ask", ask) != ask or card.get("reverse", False):
        return False
    answers = card.get("answers") or ANSWERS
    if len(answers) != 5:
        return False
    own, national = [fold(text) for text in answers], [fold(text) for text in ANSWERS]
    # One for one: a national answer that is kept keeps its place.
    return not any(text in national and national.index(text) != place for place, text in enumerate(own))


def a_year_before(as_of):
    year, month, day = (int(part) for part in as_of.split("-"))
    if (month, day) == (2, 29):
        day = 28
    return f"{year - 1:04}-{month:02}-{day:02}"


def weighed(id, claim, as_of):
    """What a claim says, after the rules on evidence and date."""
    if claim["says"] != "yes":
        return claim["says"]
    if not (claim.get("evidence") or "").strip() or not claim.get("on"):
        return "partly"
    if id in YEARLY and claim["on"] < a_year_before(as_of):
        return "partly"
    return "yes"


def claims(id, said, service):
    """What the employer claims of a statement in a scope, a word for each card that speaks
    for it; none where a service does not say."""
    own = [answer for answer in said["answers"] if answer["id"] == id]
    general = [answer for answer in own if answer.get("service") is None]
    if general:
        return [weighed(id, general[-1], said["as_of"])]
    services = [service] if service else said["services"]
    spoken = [weighed(id, answer, said["as_of"]) for one in services for answer in own if answer["service"] == one]
    return spoken if len(spoken) == len(services) else []


class Scope:
    """A scope's rows, and what the rules make of them."""

    def __init__(self, said, tables, service, parts):
        self.said, self.tables, self.service, self.parts = said, tables, service, parts
        self.group = {name: rows_of(table, service, said) for name, table in tables.items()}
        self.sheets = None
        national = [item[0] for item in ITEMS if item[2] == "question"]
        if self.group.get("survey") is not None:
            self.sheets = survey.Sheets(self.group["survey"], self.asked(), national)
        self.strata, self.weights = self.split()
        self.readings = {item[0]: self.reading(item) for item in ITEMS}
        self.standards = {standard: self.standard(standard) for standard in STANDARDS}

    def asked(self):
        asked = [self.said["asked"].get(service) for service in ([self.service] if self.service else self.said["services"])]
        return None if any(number is None for number in asked) else sum(asked)

    def split(self):
        """The whole of two services is the services' means, weighted by how many each asked,
        unless a sheet that was answered names no service or a service does not say."""
        if self.sheets is None:
            return [], []
        parts = self.parts
        if self.service or len(parts) < 2 or any(part.sheets is None for part in parts):
            return [self.sheets], [1]
        if sum(part.sheets.answered for part in parts) != self.sheets.answered or self.sheets.answered == 0:
            return [self.sheets], [1]
        asked = [part.asked() for part in parts]
        if any(not number for number in asked):
            return [self.sheets], [1]
        return [part.sheets for part in parts], asked

    def reading(self, item):
        """Value and score of an item by the national rules."""
        id, _, kind, _, best, worst = item
        left_out = id in self.said["omit"]
        if kind == "measure":
            value = measures.measure(id, self.tables, self.group)
            return value, measures.anchored(value, best, worst)
        if left_out or not comparable(item, self.said):
            return NOT_AVAILABLE, NOT_AVAILABLE
        if kind == "statement":
            said = [SAYS[says] for says in claims(id, self.said, self.service)]
            score = self.together(said) if said else NOT_AVAILABLE
            return score, score
        if self.sheets is None or id not in self.tables["survey"].columns:
            return NOT_AVAILABLE, NOT_AVAILABLE
        mean = self.mean(id)
        return mean, mean

    def together(self, scores):
        """The services' scores of a statement as one: weighted by how many each asked, where
        questions are, else alike."""
        weights = self.weights if len(self.weights) == len(scores) else [1] * len(scores)
        return sum(score * weight for score, weight in zip(scores, weights)) / Fraction(sum(weights))

    def sure(self, id, score):
        """What a statement is sure to bring: a yes that is not supported, or on which nobody
        can tell, counts half. Where services differ, each answers to its own practitioners."""
        said = claims(id, self.said, self.service)
        if len(set(said)) > 1:
            return self.together([part.sure(id, SAYS[says]) for part, says in zip(self.parts, said)])
        return Fraction(50) if score == 100 and self.supported(id) is not True else score

    def mean(self, id, scale=5, reverse=False):
        """A question's mean in this scope, if ten answered it."""
        if self.sheets.counts(id)[0] < survey.FEWEST:
            return UNRELIABLE
        return survey.mean(self.strata, self.weights, id, scale, reverse)

    def supported(self, id):
        """What practitioners' answers say of a yes: True, False, or None where nobody can tell."""
        question = NOTICED_BY[id]
        if question in self.said["omit"] or self.sheets is None or question not in self.tables["survey"].columns:
            return None
        if not comparable(next(item for item in ITEMS if item[0] == question), self.said):
            return None
        answered, _, agree = self.sheets.counts(question)
        if answered < survey.FEWEST:
            return None
        return survey.upper_share(agree, answered, self.asked()) >= 0.5

    def standard(self, standard):
        items = [item for item in ITEMS if item[1] == standard]
        scores = {item[0]: self.readings[item[0]][1] for item in items}
        counted = {id: score for id, score in scores.items() if known(score) or score.reason != "z"}
        scored = {id: score for id, score in counted.items() if known(score)}
        kinds = {item[0]: item[2] for item in items}
        # A measure that was left out and is scored all the same does not compare.
        comparing = [id for id in scored if id not in self.said["omit"]]
        rated = counted and 5 * len(comparing) >= 3 * len(counted) and any(kinds[id] != "statement" for id in comparing)
        assured = Fraction(0)
        for id, score in scored.items():
            assured += self.sure(id, score) if kinds[id] == "statement" else score
        questions = [id for id in scored if kinds[id] == "question"]
        return {
            "score": sum(scored.values(), Fraction(0)) / len(scored) if rated else None,
            "assured": assured / len(counted) if counted else Fraction(0),
            "scored": len(scored),
            "counted": len(counted),
            "questions": questions,
            "half_width": self.half_width({id: Fraction(1, len(scored)) for id in questions}),
        }

    def half_width(self, weights):
        if self.sheets is None:
            return None
        return survey.half_width(self.strata, self.weights, weights, self.sheets.answered)

    def overall(self):
        scores = [standard["score"] for standard in self.standards.values()]
        return None if None in scores else sum(scores) / 6

    def assured(self):
        return sum(standard["assured"] for standard in self.standards.values()) / 6

    def overall_half_width(self):
        return self.half_width({
            id: Fraction(1, 6 * standard["scored"])
            for standard in self.standards.values()
            for id in standard["questions"]
        })

    def bands(self):
        return [None if s["score"] is None else band(s["score"]) for s in self.standards.values()]


def rows_of(table, service, said):
    """A scope's rows of a table; None where its rows do not tell services apart."""
    if service is None:
        # Rows of a service that the council does not check are none of its own.
        return [row for row in table.rows if not row.get("service") in ({"children", "adults"} - set(said["services"]))]
    if "service" not in table.columns:
        return None
    return [row for row in table.rows if row["service"] == service]


def scopes(said, tables):
    """The whole first, then each service where the council runs both."""
    services = [Scope(said, tables, service, []) for service in said["services"]] if len(said["services"]) > 1 else []
    return [Scope(said, tables, None, services), *services]
