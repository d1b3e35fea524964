// SheetJS: reading and writing.
"use strict";

const fs = require("node:fs");
const XLSX = require("xlsx");
const { Job, files, fileOf, workbook } = require("./job.js");

// Values alone: no formulas, no formatted texts, no looks.
const READ = { dense: true, cellFormula: false, cellHTML: false, cellText: false, cellStyles: false };

const rowsOf = (sheet) => XLSX.utils.sheet_to_json(sheet, { header: 1, raw: true, blankrows: true });

const job = new Job();
for (const file of files()) {
  const book = XLSX.read(fs.readFileSync(fileOf(file)), READ);
  const [table, narrative] = book.SheetNames.map((name) => rowsOf(book.Sheets[name]));
  const department = table[1][0];
  table.forEach((cells, index) => job.row(file, index + 1, department, cells));
  job.narrative(file, narrative.map((cells) => cells[0]));
}

const book = XLSX.utils.book_new();
for (const [name, headings, rows] of job.sheets()) {
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([headings, ...rows], { dense: true }), name);
}
XLSX.writeFile(book, workbook, { compression: true, bookSST: true });
job.writeTexts();
