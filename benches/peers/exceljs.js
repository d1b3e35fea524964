// exceljs: its whole-workbook reader and its streaming writer, which are its fastest.
"use strict";

const ExcelJS = require("exceljs");
const { Job, files, fileOf, workbook } = require("./job.js");

/** The plain value of a cell: the stored result of a formula, the text of a rich one. */
function plain(value) {
  if (value === null || typeof value !== "object") return value;
  if (value.richText) return value.richText.map((run) => run.text).join("");
  return "result" in value ? value.result : null;
}

/** The plain values of a row from column A on. */
const cellsOf = (row) => row.values.slice(1).map(plain);

async function read(job, file) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(fileOf(file));
  const [table, narrative] = book.worksheets;
  const department = plain(table.getCell("A2").value);
  table.eachRow((row, at) => job.row(file, at, department, cellsOf(row)));
  const lines = [];
  narrative.eachRow((row) => lines.push(cellsOf(row)[0]));
  job.narrative(file, lines);
}

async function write(job) {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: workbook, useSharedStrings: true });
  for (const [name, headings, rows] of job.sheets()) {
    const sheet = book.addWorksheet(name);
    for (const row of [headings, ...rows]) sheet.addRow(row).commit();
    sheet.commit();
  }
  await book.commit();
}

async function main() {
  const job = new Job();
  for (const file of files()) await read(job, file);
  await write(job);
  job.writeTexts();
}

main();
