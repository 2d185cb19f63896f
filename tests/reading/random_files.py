"""Random CSV files, and what Python's own `csv` reads in them.

In: a seed and a number of files. Out, for each file: a line of JSON with its text and its
rows, each a list of cells.
"""

import csv
import io
import json
import random
import sys

CELLS = ["", "a", "B c", "1", "0.5", "é", '"', '""', 'say "x"', ",", ";", "\n", "two\nlines", "a,b", " pad ", "'", "x\r\ny"]


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    for _ in range(count):
        width = chance.randint(2, 6)
        delimiter = chance.choice(",;\t|")
        end = chance.choice(["\n", "\r\n"])
        quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
        # Headers that are wanted, so that the file's delimiter is known by them.
        writer.writerow([f"c{n}" for n in range(width)])
        for _ in range(chance.randint(0, 8)):
            row = [chance.choice(CELLS) for _ in range(width)]
            # A row with nothing in it is left to other tests.
            row[0] = chance.choice(["p", "q r", 'r"', "s,t", "u\nv"])
            writer.writerow(row)
        text = out.getvalue()
        if chance.random() < 0.2:
            text = text.rstrip("\r\n") if not text.endswith('\n"' + end) else text
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1:]
        print(json.dumps({"text": text, "rows": [row for row in rows if row]}))


if __name__ == "__main__":
    main()
