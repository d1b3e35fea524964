"""What every Python peer of the job shares: its arguments, its rules for values, its report and its results.

The job is told in docs/performance.md. How the workbooks are read, computed and written is each peer's own.
"""

import argparse
import json
from multiprocessing import Pool
from pathlib import Path

FIRST_ROW = 8  # as Excel counts
BEHIND = 60.0  # percent of the plan
WORST = 20
HEADING = "4. Kiến nghị, đề xuất"

SUMMARY = ["Lĩnh vực", "Số chỉ tiêu", "Kế hoạch", "Cùng kỳ", "Thực hiện", "% kế hoạch", "% cùng kỳ", "Chậm"]
SHORTFALLS = ["Tệp", "Dòng", "Đơn vị", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "% kế hoạch"]
ROWS = [
    "Tệp", "Dòng", "Đơn vị", "Lĩnh vực", "Chỉ tiêu", "ĐVT",
    "Kế hoạch", "Cùng kỳ", "Thực hiện", "% kế hoạch", "% cùng kỳ", "Ghi chú",
]
SHEETS = ["Tổng hợp", "Chậm tiến độ", "Dữ liệu"]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("workbooks", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--full", action="store_true", help="write every data row as well")
    parser.add_argument("--procs", type=int, default=1)
    parser.add_argument("--engine", default="openpyxl", help="what pandas reads with")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    return asked


def read_all(read, asked):
    """Calls read(path) for every workbook, in the order of names, in as many processes as asked for."""
    paths = sorted(asked.workbooks.glob("*.xlsx"))
    if asked.procs == 1:
        return [read(path) for path in paths]
    chunk = max(1, min(16, len(paths) // (asked.procs * 4)))
    with Pool(asked.procs) as pool:
        return pool.map(read, paths, chunksize=chunk)


def number(value):
    """A number as it is; a text with a decimal comma as Vietnamese offices write numbers; else nothing."""
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str) and "," in value:
        try:
            return float(value.replace(".", "").replace(",", "."))
        except ValueError:
            return None
    return None


def recommendation(lines):
    """The paragraph below the last heading of a narrative."""
    lines = iter(lines)
    for line in lines:
        if isinstance(line, str) and line.startswith(HEADING):
            return next(lines, None) or ""
    return ""


def write_texts(out, summary, worst, recommendations):
    """Writes the report, and the results for whoever compares them.

    summary: rows of SUMMARY by sector; worst: (department, indicator, percent, file, row) of the rows that are farthest
    behind; recommendations: (file, paragraph) of every workbook.
    """
    with open(out / "report.md", "w", encoding="utf-8") as file:
        file.write("# Báo cáo tổng hợp\n\n")
        file.write("| " + " | ".join(SUMMARY) + " |\n" + "|---" * len(SUMMARY) + "|\n")
        for sector, count, plan, prior, actual, of_plan, of_prior, behind in summary:
            file.write(f"| {sector} | {count} | {plan:.1f} | {prior:.1f} | {actual:.1f} ")
            file.write(f"| {of_plan:.1f} | {of_prior:.1f} | {behind} |\n")
        file.write("\n## Chậm nhất\n\n")
        for department, indicator, percent, name, row in worst:
            file.write(f"- {department}: {indicator} đạt {percent:.1f}% ({name}, dòng {row})\n")
        file.write("\n## Kiến nghị\n\n")
        for name, paragraph in recommendations:
            file.write(f"- {name}: {paragraph}\n")
    keys = ("count", "plan", "prior", "actual")
    result = {
        "sectors": {row[0]: {**dict(zip(keys, row[1:5])), "shortfalls": row[7]} for row in summary},
        "worst": [percent for _, _, percent, _, _ in worst],
        "recommendations": sum(1 for _, paragraph in recommendations if paragraph),
    }
    with open(out / "result.json", "w", encoding="utf-8") as file:
        json.dump(result, file, ensure_ascii=False)
