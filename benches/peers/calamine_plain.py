"""python-calamine, plain Python and XlsxWriter: the leanest script that one would write in Python."""

import heapq

import xlsxwriter
from python_calamine import CalamineWorkbook

import job

ASKED = job.arguments()

# Rows from which on memory matters more: streamed, a sheet takes a sixth more time.
LONG = 500_000


def read(path):
    """Returns the sums by sector, the rows to write and the recommendation of one workbook."""
    book = CalamineWorkbook.from_path(path)
    table = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    narrative = book.get_sheet_by_index(1).to_python(skip_empty_area=False)
    name, department = path.name, table[1][0]
    sums, kept = {}, []
    for at, cells in enumerate(table[job.FIRST_ROW - 1:], job.FIRST_ROW):
        order, sector, indicator, unit, plan, prior, actual, _, _, note = cells[:10]
        if not isinstance(order, float) or not indicator:
            continue
        plan, prior, actual = job.number(plan), job.number(prior), job.number(actual)
        of_plan = actual / plan * 100 if plan and actual is not None else None
        of_prior = actual / prior * 100 if prior and actual is not None else None
        behind = of_plan is not None and of_plan < job.BEHIND
        total = sums.setdefault(sector, [0, 0.0, 0.0, 0.0, 0])
        total[0] += 1
        total[1] += plan or 0
        total[2] += prior or 0
        total[3] += actual or 0
        total[4] += behind
        if behind or ASKED.full:
            row = (name, at, department, sector, indicator, unit, plan, prior, actual, of_plan, of_prior, note)
            kept.append((behind, row))
    return sums, kept, (name, job.recommendation(cells[0] for cells in narrative))


def summarise(books):
    totals = {}
    for sums, _, _ in books:
        for sector, added in sums.items():
            total = totals.setdefault(sector, [0, 0.0, 0.0, 0.0, 0])
            for place, value in enumerate(added):
                total[place] += value
    return [
        (sector, count, plan, prior, actual, actual / plan * 100, actual / prior * 100, behind)
        for sector, (count, plan, prior, actual, behind) in sorted(totals.items())
    ]


def write_sheet(workbook, name, headings, rows):
    sheet = workbook.add_worksheet(name)
    sheet.write_row(0, 0, headings)
    for at, row in enumerate(rows, 1):
        sheet.write_row(at, 0, row)


def main():
    books = job.read_all(read, ASKED)
    summary = summarise(books)
    behind = [row[:7] + row[8:10] for _, kept, _ in books for is_behind, row in kept if is_behind]
    is_long = sum(len(kept) for _, kept, _ in books) > LONG
    with xlsxwriter.Workbook(ASKED.out / "consolidated.xlsx", {"constant_memory": is_long}) as workbook:
        write_sheet(workbook, job.SHEETS[0], job.SUMMARY, summary)
        write_sheet(workbook, job.SHEETS[1], job.SHORTFALLS, behind)
        if ASKED.full:
            write_sheet(workbook, job.SHEETS[2], job.ROWS, (row for _, kept, _ in books for _, row in kept))
    worst = heapq.nsmallest(job.WORST, behind, key=lambda row: row[8])
    worst = [(row[2], row[4], row[8], row[0], row[1]) for row in worst]
    job.write_texts(ASKED.out, summary, worst, [recommended for _, _, recommended in books])


if __name__ == "__main__":
    main()
