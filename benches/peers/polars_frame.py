"""polars, with fastexcel for reading and XlsxWriter for writing.

Columns of forms are mixed, so they are read as texts and parsed together.
"""

from concurrent.futures import ThreadPoolExecutor

import fastexcel
import polars as pl
import xlsxwriter

import job

ASKED = job.arguments()
COLUMNS = ["order", "sector", "indicator", "unit", "plan", "prior", "actual", "h", "i", "note"]
VALUES = ["plan", "prior", "actual"]


def read(path):
    """Returns the data rows and the recommendation of one workbook."""
    book = fastexcel.read_excel(path)
    table = book.load_sheet(0, header_row=None, column_names=COLUMNS, dtypes="string").to_polars()
    narrative = book.load_sheet(1, header_row=None, column_names=["line"], dtypes="string").to_polars()
    rows = table.with_row_index("row", offset=1).slice(job.FIRST_ROW - 1)
    rows = rows.filter(pl.col("order").cast(pl.Float64, strict=False).is_not_null(), pl.col("indicator").is_not_null())
    rows = rows.with_columns(file=pl.lit(path.name), department=pl.lit(table["order"][1]))
    return rows, (path.name, job.recommendation(narrative["line"]))


def read_all():
    """Reads in threads: fastexcel lets the others work while it reads, and polars must not be forked."""
    paths = sorted(ASKED.workbooks.glob("*.xlsx"))
    if ASKED.procs == 1:
        return [read(path) for path in paths]
    with ThreadPoolExecutor(ASKED.procs) as threads:
        return list(threads.map(read, paths))


def number(name):
    text = pl.col(name)
    plain = text.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    return pl.when(text.str.contains(",", literal=True)).then(plain).otherwise(text).cast(pl.Float64, strict=False)


def percent(part, whole):
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole) * 100)


def main():
    books = read_all()
    data = pl.concat([rows for rows, _ in books]).with_columns(number(name).alias(name) for name in VALUES)
    data = data.with_columns(of_plan=percent("actual", "plan"), of_prior=percent("actual", "prior"))
    data = data.with_columns(behind=(pl.col("of_plan") < job.BEHIND).fill_null(False))
    sums = [pl.len().alias("count"), *(pl.col(name).sum() for name in VALUES), pl.col("behind").sum()]
    summary = data.group_by("sector").agg(sums).sort("sector")
    summary = summary.select(
        "sector", "count", *VALUES, percent("actual", "plan").alias("of_plan"),
        percent("actual", "prior").alias("of_prior"), "behind",
    )
    behind = data.filter("behind")
    shown = ["file", "row", "department", "sector", "indicator", "unit"]
    with xlsxwriter.Workbook(ASKED.out / "consolidated.xlsx") as workbook:
        write_sheet(workbook, 0, summary, job.SUMMARY)
        write_sheet(workbook, 1, behind.select(*shown, "plan", "actual", "of_plan"), job.SHORTFALLS)
        if ASKED.full:
            write_sheet(workbook, 2, data.select(*shown, *VALUES, "of_plan", "of_prior", "note"), job.ROWS)
    worst = behind.bottom_k(job.WORST, by="of_plan").sort("of_plan")
    worst = worst.select("department", "indicator", "of_plan", "file", "row").rows()
    job.write_texts(ASKED.out, summary.rows(), worst, [one for _, one in books])


def write_sheet(workbook, place, frame, headings):
    frame = frame.rename(dict(zip(frame.columns, headings)))
    frame.write_excel(workbook, job.SHEETS[place], autofit=False, autofilter=False)


if __name__ == "__main__":
    main()
