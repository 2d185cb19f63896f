"""Writes the workbooks of this folder and of the corpus, byte for byte the same each time.

    python3 -m pip install xlwt==1.3.0
    python3 tests/reading/make.py

XLSX and ODS are written by hand, so that they can be wrong in chosen ways; XLS by xlwt.
"""

import datetime
import io
import pathlib
import zipfile
from xml.sax.saxutils import escape, quoteattr

HERE = pathlib.Path(__file__).parent
FILES = HERE / "files"
CORPUS = HERE.parent / "corpus" / "data"
WHEN = (2026, 9, 30, 0, 0, 0)


def archive(path, entries):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as out:
        for name, text in entries:
            info = zipfile.ZipInfo(name, WHEN)
            stored = name == "mimetype"
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            data = text if isinstance(text, bytes) else text.encode("utf-8")
            out.writestr(info, data, compresslevel=None if stored else 9)


def letters(column):
    text = ""
    column += 1
    while column:
        column, left = divmod(column - 1, 26)
        text = chr(65 + left) + text
    return text


# How a cell of XLSX is written: a text, a number, or (kind, value).
STYLES = {"date": 1, "percent": 2, "hours": 3, "pounds": 4}


def xlsx_cell(row, column, value):
    at = f'r="{letters(column)}{row}"'
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c {at} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c {at}><v>{value!r}</v></c>"
    if isinstance(value, tuple):
        kind, inner = value
        if kind == "error":
            return f'<c {at} t="e"><v>{inner}</v></c>'
        if kind == "formula":
            return f"<c {at}><f>1+1</f><v>{inner!r}</v></c>"
        if kind == "blank":
            return f'<c {at} s="1"/>'
        return f'<c {at} s="{STYLES[kind]}"><v>{inner!r}</v></c>'
    text = escape(value)
    return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def xlsx(path, sheets, numbers=None, hidden=(), extra=(), size=None):
    """`sheets`: name -> rows; `numbers`: the row numbers where they are not 1, 2, 3 …"""
    names = list(sheets)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    entries = [
        (
            "[Content_Types].xml",
            head
            + f'<Types xmlns="{package}/content-types">'
            + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + '<Default Extension="xml" ContentType="application/xml"/>'
            + f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
            + f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kinds}.worksheet+xml"/>'
                for n in range(1, len(names) + 1)
            )
            + "</Types>",
        ),
        (
            "_rels/.rels",
            head
            + f'<Relationships xmlns="{package}/relationships">'
            + f'<Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/>'
            + "</Relationships>",
        ),
        (
            "xl/workbook.xml",
            head
            + f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
            + "".join(
                f'<sheet name={quoteattr(name)} sheetId="{n}"'
                + (' state="hidden"' if name in hidden else "")
                + f' r:id="rId{n}"/>'
                for n, name in enumerate(names, 1)
            )
            + "</sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            head
            + f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="rId{n}" Type="{rel}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in range(1, len(names) + 1)
            )
            + f'<Relationship Id="rId{len(names) + 1}" Type="{rel}/styles" Target="styles.xml"/>'
            + "</Relationships>",
        ),
        (
            "xl/styles.xml",
            head
            + f'<styleSheet xmlns="{main}"><numFmts count="2">'
            + '<numFmt numFmtId="164" formatCode="[h]:mm"/>'
            + '<numFmt numFmtId="165" formatCode="&quot;£&quot;#,##0"/></numFmts>'
            + '<fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
            + '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
            + '<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
            + '<xf numFmtId="9" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
            + '<xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>',
        ),
    ]
    for n, name in enumerate(names, 1):
        rows = sheets[name]
        at = numbers or range(1, len(rows) + 1)
        body = "".join(
            f'<row r="{row}">'
            + "".join(xlsx_cell(row, column, value) for column, value in enumerate(cells))
            + "</row>"
            for row, cells in zip(at, rows)
        )
        told = f'<dimension ref="{size}"/>' if size else ""
        entries.append(
            (
                f"xl/worksheets/sheet{n}.xml",
                head + f'<worksheet xmlns="{main}">{told}<sheetData>{body}</sheetData></worksheet>',
            )
        )
    archive(path, entries + list(extra))


def ods_cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, tuple):
        kind, inner = value
        if kind == "date":
            return f'<table:table-cell office:value-type="date" office:date-value="{inner}"><text:p>{inner}</text:p></table:table-cell>'
        if kind == "repeat":
            times, text = inner
            return (
                f'<table:table-cell table:number-columns-repeated="{times}"'
                + (
                    f' office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
                    if text
                    else "/>"
                )
            )
    if isinstance(value, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def ods(path, sheets):
    """`sheets`: name -> rows; a row is a list of cells, or (times, list of cells)."""
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    body = ""
    for name, rows in sheets.items():
        body += f"<table:table table:name={quoteattr(name)}>"
        for row in rows:
            times, cells = row if isinstance(row, tuple) else (1, row)
            repeat = f' table:number-rows-repeated="{times}"' if times > 1 else ""
            body += f"<table:table-row{repeat}>" + "".join(map(ods_cell, cells)) + "</table:table-row>"
        body += "</table:table>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    archive(
        path,
        [
            ("mimetype", kind),
            (
                "content.xml",
                '<?xml version="1.0" encoding="UTF-8"?>'
                + f'<office:document-content xmlns:office="{spaces}:office:1.0"'
                + f' xmlns:table="{spaces}:table:1.0" xmlns:text="{spaces}:text:1.0"'
                + ' office:version="1.2"><office:body><office:spreadsheet>'
                + body
                + "</office:spreadsheet></office:body></office:document-content>",
            ),
            (
                "META-INF/manifest.xml",
                '<?xml version="1.0" encoding="UTF-8"?>'
                + f'<manifest:manifest xmlns:manifest="{spaces}:manifest:1.0">'
                + f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
                + '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
                + "</manifest:manifest>",
            ),
        ],
    )


def xls(path, sheets):
    import xlwt

    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, datetime.date):
                    sheet.write(row, column, value, day)
                elif value is not None:
                    sheet.write(row, column, value)
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


STAFF = [["Team", "FTE", "Cases"], ["Duty", 1, 17], ["Hospital", 0.6, 9]]


def main():
    FILES.mkdir(exist_ok=True)
    xlsx(FILES / "plain.xlsx", {"Staff": STAFF})
    ods(FILES / "plain.ods", {"Staff": STAFF})
    xls(FILES / "plain.xls", {"Staff": STAFF})
    xls(
        FILES / "days.xls",
        {"Staff": [["Team", "Cases", "Started"], ["Duty", 17, datetime.date(2025, 9, 1)], [7, 9, "n/k"]]},
    )
    # What a person sees: titles above, a total below, a note below that, a column too many.
    xlsx(
        FILES / "report.xlsx",
        {
            "Staff": [
                ["Staff list, September 2026"],
                ["Printed", ("date", 46295)],
                ["Team", "FTE", "Cases", None],
                ["Duty", 1, 17, ("blank", 0)],
                ["Hospital", 0.6, 9],
                ["Total", ("formula", 1.6), ("formula", 26)],
                ["Source: case system"],
            ]
        },
        numbers=[1, 2, 4, 5, 6, 7, 9],
    )
    xlsx(
        FILES / "kinds.xlsx",
        {
            "Staff": [
                ["Team", "FTE", "Cases", "Agency", "Started", "Share", "Pay"],
                [7, 0.1 + 0.2, 17, True, ("date", 45901), ("percent", 0.45), ("pounds", 41500)],
                ["Hospital", 1, ("formula", 9), False, ("date", 45901.5), ("percent", 1), ("pounds", 0)],
            ]
        },
    )
    xlsx(
        FILES / "errors.xlsx",
        {"Staff": [["Team", "FTE", "Cases"], ["Duty", 1, ("error", "#REF!")], [("error", "#N/A"), 1, 9]]},
    )
    xlsx(
        FILES / "hours.xlsx",
        {"Staff": [["Team", "FTE", "Hours worked"], ["Duty", 1, ("hours", 1.5625)], ["Hospital", 1, 37.5]]},
    )
    xlsx(
        FILES / "gaps.xlsx",
        {"Staff": STAFF},
        numbers=[1, 2, 4],
        size="A1:XFD1048576",
    )
    xlsx(FILES / "sheets.xlsx", {"Notes": [["Read me"]], "Staff": STAFF, "Codes": [["Code", "Means"], ["D", "Duty"]]})
    xlsx(
        FILES / "twice.xlsx",
        {"August": STAFF, "September": STAFF, "Secret": STAFF},
        hidden=("Secret",),
    )
    xlsx(FILES / "hidden.xlsx", {"Staff": STAFF, "Old": STAFF}, hidden=("Old",))
    xlsx(FILES / "nothing.xlsx", {"Staff": []})
    ods(
        FILES / "repeats.ods",
        {
            "Staff": [
                ["Team", "FTE", "Cases", ("repeat", (16381, ""))],
                ["Duty", 1, 17],
                (2, ["Hospital", 1, 9]),
                (1048572, [("repeat", (16384, ""))]),
            ]
        },
    )
    ods(FILES / "days.ods", {"Staff": [["Team", "Cases", "Started"], ["Duty", 17, ("date", "2025-09-01")]]})
    # Seven kilobytes and less that ask for thousands of millions of cells.
    ods(FILES / "bomb.ods", {"Staff": [["Team"], (1048570, [("repeat", (16384, "x"))])]})
    ods(FILES / "corner.ods", {"Staff": [["Team"], (1048570, []), [("repeat", (16383, "")), "x"]]})
    xlsx(
        FILES / "corner.xlsx",
        {"Staff": [["Team"]] + [[None] * 16383 + ["x"]] * 400},
        numbers=range(1, 402),
    )
    corner_xls(FILES / "corner.xls")

    xlsx(CORPUS / "unknown-sheet" / "data" / "workers.xlsx", {"Establishment": STAFF, "Notes": [["Read me"]]})
    xlsx(CORPUS / "which-sheet" / "data" / "workers.xlsx", {"August": STAFF, "September": STAFF})
    ods(CORPUS / "workbook-too-large" / "data" / "workers.ods", {"Staff": [["Team"], (1048570, [("repeat", (16384, "x"))])]})


def corner_xls(path):
    """Two cells, the second in the last corner that the format can name."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Staff")
    sheet.write(0, 0, "Team")
    sheet.write(65535, 255, "x")
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
