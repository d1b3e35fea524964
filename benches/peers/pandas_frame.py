"""pandas, with openpyxl or calamine for reading and XlsxWriter for writing."""

import pandas as pd

import job

ASKED = job.arguments()
COLUMNS = ["order", "sector", "indicator", "unit", "plan", "prior", "actual", "h", "i", "note"]
VALUES = ["plan", "prior", "actual"]


def read(path):
    """Returns the data rows and the recommendation of one workbook."""
    with pd.ExcelFile(path, engine=ASKED.engine) as book:
        table = pd.read_excel(book, sheet_name=0, header=None)
        narrative = pd.read_excel(book, sheet_name=1, header=None)
    rows = table.iloc[job.FIRST_ROW - 1:, :10].set_axis(COLUMNS, axis=1)
    rows = rows[pd.to_numeric(rows["order"], errors="coerce").notna() & rows["indicator"].notna()]
    rows = rows.assign(file=path.name, row=rows.index + 1, department=table.iat[1, 0])
    return rows, (path.name, job.recommendation(narrative[0]))


def numbers(column):
    found = pd.to_numeric(column, errors="coerce").astype(float)
    texts = column[found.isna() & column.notna()].astype(str)
    texts = texts.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    found.loc[texts.index] = pd.to_numeric(texts, errors="coerce")
    return found


def main():
    books = job.read_all(read, ASKED)
    data = pd.concat([rows for rows, _ in books], ignore_index=True)
    for name in VALUES:
        data[name] = numbers(data[name])
    data["of_plan"] = data["actual"] / data["plan"].where(data["plan"] > 0) * 100
    data["of_prior"] = data["actual"] / data["prior"].where(data["prior"] > 0) * 100
    data["behind"] = data["of_plan"] < job.BEHIND
    summary = data.groupby("sector").agg(
        count=("indicator", "size"), plan=("plan", "sum"), prior=("prior", "sum"), actual=("actual", "sum"),
        behind=("behind", "sum"),
    ).reset_index()
    summary.insert(5, "of_plan", summary["actual"] / summary["plan"] * 100)
    summary.insert(6, "of_prior", summary["actual"] / summary["prior"] * 100)
    behind = data[data["behind"]]
    shown = ["file", "row", "department", "sector", "indicator", "unit"]
    with pd.ExcelWriter(ASKED.out / "consolidated.xlsx", engine="xlsxwriter") as writer:
        write_sheet(writer, 0, summary, job.SUMMARY)
        write_sheet(writer, 1, behind[shown + ["plan", "actual", "of_plan"]], job.SHORTFALLS)
        if ASKED.full:
            write_sheet(writer, 2, data[shown + VALUES + ["of_plan", "of_prior", "note"]], job.ROWS)
    worst = behind.nsmallest(job.WORST, "of_plan")[["department", "indicator", "of_plan", "file", "row"]]
    rows = summary.astype(object).itertuples(index=False, name=None)
    job.write_texts(ASKED.out, list(rows), list(worst.itertuples(index=False, name=None)), [one for _, one in books])


def write_sheet(writer, place, frame, headings):
    frame.to_excel(writer, sheet_name=job.SHEETS[place], header=headings, index=False)


if __name__ == "__main__":
    main()
