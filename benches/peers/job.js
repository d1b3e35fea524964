// What both Node peers of the job share: its arguments, its rules, its report and its results. The job is told in
// docs/performance.md. How the workbooks are read and written is each peer's own.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const FIRST_ROW = 8; // as Excel counts
const BEHIND = 60; // percent of the plan
const WORST = 20;
const HEADING = "4. Kiến nghị, đề xuất";

const SUMMARY = ["Lĩnh vực", "Số chỉ tiêu", "Kế hoạch", "Cùng kỳ", "Thực hiện", "% kế hoạch", "% cùng kỳ", "Chậm"];
const SHORTFALLS = ["Tệp", "Dòng", "Đơn vị", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "% kế hoạch"];
const ROWS = ["Tệp", "Dòng", "Đơn vị", "Lĩnh vực", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Cùng kỳ", "Thực hiện", "% kế hoạch",
  "% cùng kỳ", "Ghi chú"];

const words = process.argv.slice(2);
const full = words.includes("--full");
const [folder, out] = words.filter((word) => !word.startsWith("--"));
fs.mkdirSync(out, { recursive: true });

const files = () => fs.readdirSync(folder).filter((name) => name.endsWith(".xlsx")).sort();
const fileOf = (name) => path.join(folder, name);

/** A number as it is; a text with a decimal comma as Vietnamese offices write numbers; else nothing. */
function number(value) {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !value.includes(",")) return null;
  const found = Number(value.replaceAll(".", "").replace(",", "."));
  return Number.isNaN(found) ? null : found;
}

const percent = (part, whole) => (whole && part !== null ? (part / whole) * 100 : null);

/** What is gathered from all workbooks. */
class Job {
  sums = new Map();
  behind = [];
  rows = [];
  recommendations = [];

  /** Takes a row of the table, `cells` from column A on; `at` counts as Excel does. */
  row(file, at, department, cells) {
    const [order, sector, indicator, unit] = cells;
    if (at < FIRST_ROW || typeof order !== "number" || !indicator) return;
    const [plan, prior, actual] = [number(cells[4]), number(cells[5]), number(cells[6])];
    const [ofPlan, ofPrior] = [percent(actual, plan), percent(actual, prior)];
    const isBehind = ofPlan !== null && ofPlan < BEHIND;
    let sums = this.sums.get(sector);
    if (!sums) this.sums.set(sector, (sums = [0, 0, 0, 0, 0]));
    sums[0] += 1;
    sums[1] += plan ?? 0;
    sums[2] += prior ?? 0;
    sums[3] += actual ?? 0;
    sums[4] += isBehind ? 1 : 0;
    if (isBehind) this.behind.push([file, at, department, sector, indicator, unit, plan, actual, ofPlan]);
    if (full) {
      this.rows.push([file, at, department, sector, indicator, unit, plan, prior, actual, ofPlan, ofPrior,
        cells[9] ?? null]);
    }
  }

  /** Takes the lines of a narrative. */
  narrative(file, lines) {
    const at = lines.findIndex((line) => typeof line === "string" && line.startsWith(HEADING));
    this.recommendations.push([file, at < 0 ? "" : (lines[at + 1] ?? "")]);
  }

  summary() {
    const bySector = ([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other));
    return [...this.sums].sort(bySector).map(([sector, [count, plan, prior, actual, behind]]) =>
      [sector, count, plan, prior, actual, percent(actual, plan), percent(actual, prior), behind]);
  }

  /** The sheets of the consolidated workbook: name, headings, rows. */
  sheets() {
    const sheets = [["Tổng hợp", SUMMARY, this.summary()], ["Chậm tiến độ", SHORTFALLS, this.behind]];
    return full ? [...sheets, ["Dữ liệu", ROWS, this.rows]] : sheets;
  }

  writeTexts() {
    const summary = this.summary();
    const worst = [...this.behind].sort((one, other) => one[8] - other[8]).slice(0, WORST);
    const lines = ["# Báo cáo tổng hợp", "", `| ${SUMMARY.join(" | ")} |`, "|---".repeat(SUMMARY.length) + "|"];
    for (const [sector, count, plan, prior, actual, ofPlan, ofPrior, behind] of summary) {
      const values = [plan, prior, actual, ofPlan, ofPrior].map((value) => value.toFixed(1));
      lines.push(`| ${[sector, count, ...values, behind].join(" | ")} |`);
    }
    lines.push("", "## Chậm nhất", "");
    for (const [file, row, department, , indicator, , , , ofPlan] of worst) {
      lines.push(`- ${department}: ${indicator} đạt ${ofPlan.toFixed(1)}% (${file}, dòng ${row})`);
    }
    lines.push("", "## Kiến nghị", "");
    for (const [file, paragraph] of this.recommendations) lines.push(`- ${file}: ${paragraph}`);
    fs.writeFileSync(path.join(out, "report.md"), lines.join("\n") + "\n");
    const sectors = summary.map(([sector, count, plan, prior, actual, , , shortfalls]) =>
      [sector, { count, plan, prior, actual, shortfalls }]);
    fs.writeFileSync(path.join(out, "result.json"), JSON.stringify({
      sectors: Object.fromEntries(sectors),
      worst: worst.map((row) => row[8]),
      recommendations: this.recommendations.filter(([, paragraph]) => paragraph).length,
    }));
  }
}

module.exports = { Job, files, fileOf, workbook: path.join(out, "consolidated.xlsx") };
