"""pyxform converts each XLSForm named, without a warning, and keeps every question."""

import sys
import xml.etree.ElementTree as ElementTree

from pyxform.xls2xform import convert

XFORMS = "{http://www.w3.org/2002/xforms}"

failed = False
for path in sys.argv[1:]:
    made = convert(path, validate=False)
    questions = list(ElementTree.fromstring(made.xform).iter(f"{XFORMS}select1"))
    wrong = made.warnings or len(questions) < 20
    failed = failed or bool(wrong)
    print(f"{'FAILED' if wrong else 'well'}: {path}: {len(questions)} choices to make, warnings: {made.warnings}")
sys.exit(1 if failed else 0)
