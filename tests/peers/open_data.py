"""Open data read by other people's programs.

In: folders of publications (`published/northshire`). Out: one line for each program and
folder; exit 1 if one finds a fault. A program that is not installed is skipped, and said so:

    pip install frictionless jsonschema csvw openpyxl
"""

import csv
import json
import sys
from pathlib import Path


def with_frictionless(home):
    from frictionless import validate

    report = validate(str(home / "data" / "datapackage.json"))
    faults = report.flatten(["type", "note"])
    return [str(fault) for fault in faults], f"{len(report.tasks)} tables"


def with_jsonschema(home):
    import jsonschema

    schema = json.loads((home / "results.schema.json").read_text(encoding="utf-8"))
    results = json.loads((home / "results.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    faults = validator(schema).iter_errors(results)
    return [f"{fault.json_path}: {fault.message}" for fault in faults], "results.json"


def with_csvw(home):
    import warnings

    from csvw import CSVW

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        tables = CSVW(str(home / "data" / "csv-metadata.json"), validate=True)
        valid = tables.is_valid
        rows = sum(len(list(table)) for table in tables.tables)
    ours = [str(one.message) for one in said if "csvw" in str(one.category).lower()]
    faults = ours + list(map(str, tables.warnings))
    return faults if valid else faults + ["not valid"], f"{rows} rows"


def with_openpyxl(home):
    import openpyxl

    book = openpyxl.load_workbook(home / "results.xlsx")
    faults, cells = [], 0
    for sheet in book.worksheets[1:]:
        if sheet.freeze_panes != "A2":
            faults.append(f"{sheet.title}: the header is not frozen")
        if sheet.merged_cells.ranges:
            faults.append(f"{sheet.title}: merged cells")
        with open(home / "data" / f"{sheet.title}.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        header = [cell.value for cell in sheet[1]]
        for number, row in enumerate(rows, start=2):
            for name, cell in zip(header, sheet[number]):
                cells += 1
                if cell.data_type == "f":
                    faults.append(f"{sheet.title}!{cell.coordinate}: a formula")
                said = row.get(f"{name}_symbol") or row[name]
                if cell.data_type == "n" and cell.value is not None:
                    same = float(said) == float(cell.value)
                else:
                    words = {"true": "yes", "false": "no"}.get(said, said)
                    same = (cell.value or "") == words
                if not same:
                    faults.append(f"{sheet.title}!{cell.coordinate}: {cell.value!r}, CSV {said!r}")
    return faults, f"{cells} cells"


PROGRAMS = {
    "frictionless": with_frictionless,
    "jsonschema": with_jsonschema,
    "csvw": with_csvw,
    "openpyxl": with_openpyxl,
}


def main(folders):
    bad = 0
    for name, reads in PROGRAMS.items():
        try:
            __import__(name)
        except ImportError:
            print(f"skipped: {name} is not installed (pip install {name})")
            continue
        for folder in folders:
            faults, what = reads(Path(folder))
            bad += len(faults)
            verdict = "sound" if not faults else f"{len(faults)} faults"
            print(f"{name}: {folder}: {what}: {verdict}")
            for fault in faults[:20]:
                print(f"  {fault}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
