"""The council's own readings of its questions: own scales, questions turned round, own items.

Of these the rules say enough to work them out apart: the answers of a scale stand at equal
steps from 0 to 100, and a reversed question is turned round before anything else.
"""

from edition import ITEMS
from reading import NOT_AVAILABLE, scale_of


def questions(scope):
    """Local score of each question, by id."""
    said = scope.said
    ids = [item[0] for item in ITEMS if item[2] == "question"]
    ids += [id for id, card in said["items"].items() if card["kind"] == "question" and id not in ids]
    return {id: score(scope, id) for id in ids}


def score(scope, id):
    if id in scope.said["omit"] or scope.sheets is None or id not in scope.tables["survey"].columns:
        return NOT_AVAILABLE
    card = scope.said["items"].get(id, {})
    scale, reverse = len(scale_of(card)[0]), card.get("reverse", False)
    return scope.mean(id, scale, reverse)
