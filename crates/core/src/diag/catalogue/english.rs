//! The English explanations of all kinds of problems.
//!
//! Input: a code. Output: its explanation, equivalent to the Vietnamese one. Not here: the severity.

use super::{Code, Explanation};

macro_rules! explanations {
    ($($name:ident { $($field:ident: $words:literal,)+ })+) => {
        /// Returns the English explanation of a kind of problem.
        pub(super) fn explanation(code: Code) -> &'static Explanation {
            match code { $(Code::$name => &Explanation { $($field: $words,)+ },)+ }
        }
    };
}

explanations! {
    FileKind {
        title: "A kind of file that is not read",
        explanation: "Only workbooks (.xlsx, .xlsm, .xls, .xlsb and .ods) in the folder of a department are read. A file of another kind, or one outside these folders, is passed over, and its figures are not in the report. A link (symlink) is not opened in any folder of the project.",
        example: "workbooks/phong-a/ghi chép.docx: this file is not a workbook",
        remedy: "Open the file in Excel, save it as .xlsx into the folder of the department, then move the old file out of workbooks. Put the file itself in place of a link.",
    }
    SettingUnknown {
        title: "A setting names an indicator that is not there",
        explanation: "An entry of tonghop.toml names an indicator that no rule file declares, mostly because of a typing error or because the indicator was renamed. The entry has no effect.",
        example: "tonghop.toml: charts: there is no indicator \"herd.goats\"",
        remedy: "Mend the name in tonghop.toml, written sector.indicator as in the rule file, or remove the entry.",
    }
    DepartmentUnknown {
        title: "A folder belongs to no department",
        explanation: "Each folder in workbooks must be named by the code of a department that tonghop.toml declares. An unknown folder is not read, because nobody knows whose figures it holds.",
        example: "workbooks/phong-c: the folder \"phong-c\" is no department of tonghop.toml; the files in it were not read",
        remedy: "Rename the folder to the code of its department; if the department is new, ask the administrator to declare it in tonghop.toml.",
    }
    DepartmentMissing {
        title: "A department has sent no workbook",
        explanation: "The department stands in tonghop.toml but its folder holds no file. The report is made all the same, and says \"chưa có số liệu\" (no data) where figures of this department are needed.",
        example: "workbooks/phong-b: Phòng B has sent no workbook",
        remedy: "Ask the department for its workbook, put the file into its folder and run again. If it has nothing to report this period, ask the administrator to take it out of tonghop.toml.",
    }
    WorkbookUnreadable {
        title: "A workbook cannot be opened",
        explanation: "The file is damaged, protected by a password, not copied to its end, or no Excel file at all in spite of its name. Only this file is passed over; the others are read.",
        example: "workbooks/phong-a/ghi-chep.xlsx: this file cannot be read: the file is not a workbook",
        remedy: "Try to open the file in Excel. If it opens, remove the password and save it as .xlsx; if not, ask the department to send it again.",
    }
    SheetUnknown {
        title: "A sheet matches no form",
        explanation: "The sheet has figures but no table whose headings and rows match indicators of the department. The whole sheet was not read.",
        example: "workbooks/phong-a/bieu.xlsx [Học sinh]: the sheet has content but no table that matches an indicator of the department; it was not read",
        remedy: "Compare the sheet with the form: headings and names of indicators must be as there. If it is only a draft, delete it from the file before sending.",
    }
    SheetHidden {
        title: "A sheet is hidden",
        explanation: "A hidden sheet is read like the others, so that old figures left in it get into the report too.",
        example: "workbooks/phong-a/bieu.xlsx [Trang ẩn]: the sheet is hidden; it was read like the others all the same",
        remedy: "Unhide the sheet if it is part of the report; delete it if it is not used any more.",
    }
    CellsHidden {
        title: "Figures stand in hidden rows or columns",
        explanation: "Hidden rows and columns are read like the others, so that old figures left in them get into the report too.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] D4: 2 figures in hidden rows or columns; read like the others all the same",
        remedy: "Unhide the rows and columns and look at them; delete figures that are not used any more.",
    }
    TextConverted {
        title: "A sheet was typed in an old font (TCVN3)",
        explanation: "The texts of the sheet were typed with a .VnTime font in the TCVN3 encoding. They have been put into Unicode to be read; the sources of figures keep them as typed.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu]: the texts were typed in TCVN3 (font .VnTime) and have been put into Unicode: \"ChØ tiªu\" → \"Chỉ tiêu\"; \"§¬n vÞ tÝnh\" → \"Đơn vị tính\"; \"KÕ ho¹ch n¨m\" → \"Kế hoạch năm\"",
        remedy: "Look at the examples. If they are right, nothing is to be done; next time, type in a Unicode font such as Times New Roman.",
    }
    ColumnUnknown {
        title: "It is not clear what a column holds",
        explanation: "The column has numbers but its heading does not say whether they are plan, actual or last year, or another column holds the same. The column was not read.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] F1: the column \"Số khác\" has numbers but its heading does not say what they are; it was not read",
        remedy: "Write the heading as in the form, saying plan, actual or same period last year. If this heading is in regular use, ask the administrator to declare it.",
    }
    RowUnknown {
        title: "A row matches no indicator",
        explanation: "The row has numbers but its name is not that of an indicator of the department, mostly because of a typing error, an abbreviation or a new row. The row was not read.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] B5: the row \"Đàn hươu\" has numbers but matches no indicator; it was not read",
        remedy: "Write the name of the indicator as in the form. If it is another name of the same indicator, ask the administrator to add it to the rules.",
    }
    RowAmbiguous {
        title: "A row matches several indicators",
        explanation: "Several indicators have the name of the row (for example \"Diện tích\", area, of several crops), so that nobody knows which one is meant. The program does not guess; the row was not read.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] B5: the row \"Diện tích\" matches several indicators: crop.sown, forest.planted; it was not read",
        remedy: "Write the row above that it belongs to, write the name of the indicator in full, or add a column with the codes of the indicators.",
    }
    NumberAsText {
        title: "A number typed as text",
        explanation: "The cell holds a number that Excel takes for text, for example because of an apostrophe before it or because it was copied from Word. The number was understood and read, but formulas of Excel do not count it.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\": the cell \"120\" is a number typed as text, read as 120",
        remedy: "Enter the cell again as a number. If the number that was read is wrong, mend it in the workbook.",
    }
    NumberUnreadable {
        title: "The number in a cell cannot be read",
        explanation: "The cell should hold one number but holds words, a question mark, several numbers or an error of a formula. It counts as no data.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] D3: \"Đàn trâu\": the cell \"khoảng 130?\" is not a number; it counts as no data",
        remedy: "Enter a single number into the cell; move explanations to the column of notes. If there is no figure yet, leave the cell empty.",
    }
    UnitMismatch {
        title: "The units do not match",
        explanation: "The unit in the workbook is another than that of the indicator and cannot be converted (for example households and persons). The figure was not read, so that nothing wrong is reported.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] C3: \"Đàn trâu\": the unit in the workbook is \"hộ\", that of the indicator \"con\"; the figure was not read",
        remedy: "Mend the unit in the workbook to that of the form, or check whether the figure stands in the wrong row.",
    }
    UnitConverted {
        title: "A unit was converted",
        explanation: "The workbook gives the figure in another multiple (for example millions in place of billions), and it was converted exactly to the unit of the indicator.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] D3: \"Đàn trâu\": converted from \"nghìn con\" to \"con\"",
        remedy: "Nothing is to be done if the unit in the workbook is right; otherwise mend it there.",
    }
    CellRepeated {
        title: "Two cells give one indicator two different numbers",
        explanation: "The same indicator stands in two places with two different numbers. The one met first is used, the other is not.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\" (actual) has two different numbers: 120 con and 121 con; the first is used",
        remedy: "Compare the two cells, keep the right number and delete the other; agree that one department reports each indicator.",
    }
    FigureCorrected {
        title: "A figure was corrected by the office",
        explanation: "The office replaced the number of the department by a line of workbooks/dieu-chinh.csv. The report uses the corrected number and says who corrected it and why.",
        example: "workbooks/dieu-chinh.csv [] C2: herd.total.target.annual: corrected by the office to 190 (before: 180); by: Văn phòng; reason: Giao bổ sung",
        remedy: "Nothing is to be done while the correction holds; delete the line of dieu-chinh.csv once the department has sent the right number.",
    }
    CorrectionUnknown {
        title: "A correction cannot be applied",
        explanation: "A line of workbooks/dieu-chinh.csv names an indicator or a measure that is not there, or its value is not a number. The line has no effect; the report uses the number of the department.",
        example: "workbooks/dieu-chinh.csv [] A2: there is no indicator \"herd.totals\"",
        remedy: "Mend the cell of dieu-chinh.csv: the indicator as sector.indicator, the measure such as actual or target.plan, the value a number.",
    }
    IndicatorMissing {
        title: "An indicator has no data",
        explanation: "The rules declare the indicator but no workbook gives its actual figure. The sentence that needs it says \"chưa có số liệu\" (no data) or is shortened.",
        example: "plugins/herd.lua:4: Chăn nuôi: no data for \"Đàn bò\"",
        remedy: "Check that the department has sent its workbook, and that the row there is named like the indicator in the rules.",
    }
    PluginBroken {
        title: "A rule file cannot be used",
        explanation: "The rule file has a syntax error, names something that is not there, or lacks a declaration. Its sector is not in the report; the other sectors are.",
        example: "plugins/plan.lua:3: the file ends before everything is closed (Expected 'end' (to close 'function' at line 2), got <eof>)",
        remedy: "The administrator opens the file at this line, mends it as the message says and runs again. Whoever fills in workbooks has nothing to do.",
    }
    RuleFailed {
        title: "A rule failed while it ran",
        explanation: "The rule file could be loaded but met an error while computing or writing a sentence. What this rule would have written is not in the report.",
        example: "plugins/herd.lua:5: the template calls {totals}, but there is no \"totals\"",
        remedy: "The administrator mends the rule file at this line and runs again.",
    }
    RuleLimit {
        title: "A rule took too long or used too much memory",
        explanation: "The rule was stopped so that it does not hold up the whole report, mostly because of a loop without an end. What it would have written is not in the report.",
        example: "plugins/herd.lua:5: the rule took longer than it may and was stopped",
        remedy: "The administrator checks the loops at this line. If the rule really needs more, raise the limit under [limits] of tonghop.toml.",
    }
    DepartmentMismatch {
        title: "A form of another department",
        explanation: "The file stands in the folder of one department, but its title names another one or its rows are another's indicators, usually because it was put into the wrong folder. The whole file is not read, because its figures would be told of the wrong department.",
        example: "workbooks/phong-a/nham.xlsx [Biểu] A1: the form says that it is from \"PHÒNG B\", but the file stands in the folder of Phòng A; this file is not read",
        remedy: "Move the file into the folder of its sender. If the form is this department's, write \"Đơn vị báo cáo:\" and the name of the department at its top.",
    }
    PeriodMismatch {
        title: "A form of another period",
        explanation: "The title or the headings name only a period that is not the one of tonghop.toml, usually because an old file was sent again. The whole file is not read, because old figures would enter the report as those of this period.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] A1: the form says \"Kỳ báo cáo: 9 tháng năm 2023\", which is not the reporting period \"9 tháng đầu năm 2024\"; this file is not read",
        remedy: "Send the form of this period. If the figures are of this period, mend the line that says otherwise; if they are for comparison, say \"cùng kỳ\" in the heading.",
    }
    IdentityDoubtful {
        title: "A form says two departments or two periods",
        explanation: "A line of the form names another department or period, but all else is of this one, usually because a line or a sheet of an old file was forgotten. The figures are read all the same.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] A2: this line says \"Kỳ báo cáo: 6 tháng năm 2024\" although the file is of the reporting period \"9 tháng đầu năm 2024\"; it is read as of \"9 tháng đầu năm 2024\"",
        remedy: "Open the sheet and check its figures. If they are of this period, mend the line; if they are old, enter them anew or delete the sheet.",
    }
    WorkbookRepeated {
        title: "The same content was sent twice",
        explanation: "Two files of a department have the same content. Only one of them is used, so that no sentence and no name stands twice in the report.",
        example: "workbooks/phong-a/bieu (2).xlsx: the content is the same as that of workbooks/phong-a/bieu.xlsx; only workbooks/phong-a/bieu.xlsx is read",
        remedy: "Delete one of the files.",
    }
    FormRepeated {
        title: "Two files for one form",
        explanation: "Two files of a department give figures of the same indicators and differ somewhere. By [duplicates] keep in tonghop.toml the one that was saved last is used (newest, the default) or the first by name (first), and the other is left out whole.",
        example: "workbooks/phong-a/gui-lai.xlsx: the same form as workbooks/phong-a/bieu.xlsx: 6 figures and texts in common, 1 of them different; that file is used (saved: 13/09/2024 08:00 UTC), not this one (saved: 13/09/2024 08:00 UTC)",
        remedy: "Ask the department which is right, keep it in the folder and move the other one away.",
    }
    FormContested {
        title: "Two files for one form, none chosen",
        explanation: "Two files of a department give figures of the same indicators and differ somewhere, and tonghop.toml says [duplicates] keep = \"refuse\": the office chooses. Neither is used until only one is there.",
        example: "workbooks/phong-a/gui-lai.xlsx: the same form as workbooks/phong-a/bieu.xlsx: 6 figures and texts in common, 1 of them different; neither is used",
        remedy: "Ask the department which is right, keep it in the folder, move the other one away and run again.",
    }
    ScaleSuspected {
        title: "A number may be in the wrong unit",
        explanation: "After units were put alike, this number is about a thousand or a million times larger or smaller than its plan, last year's figure, or the total and its parts, usually because đồng was entered for triệu đồng. It is used as entered. The thresholds stand under [scale] in tonghop.toml.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng thu\" (actual): 168000000 triệu đồng, about 1000000 times plan annual 180 triệu đồng (D2), same period last year 150 triệu đồng (F2); perhaps entered in another scale",
        remedy: "Check the cell. If it is wrong, enter it in the unit of the form or state its unit in the row; if it is right, nothing needs to be done.",
    }
    SubmissionLate {
        title: "A department was late",
        explanation: "The day of receipt in workbooks/tiep-nhan.csv, or the day on which the workbook says that it was last saved, is behind the department's due date in tonghop.toml. The figures are read as usual.",
        example: "workbooks/phong-a: Phòng A is late: due 10/9/2024, last saved 13/9/2024",
        remedy: "Remind the department. If it was in time and the file was only saved again later, write the day of receipt into workbooks/tiep-nhan.csv.",
    }
    RegisterUnusable {
        title: "The register of submissions is of no use",
        explanation: "workbooks/tiep-nhan.csv says a department and a day in each line. Where a line is wrong or its department unknown, nobody knows who came when; the day saved in the department's workbook is used instead.",
        example: "workbooks/tiep-nhan.csv: line 2: \"phong-x\" is no department of tonghop.toml; the line is not used",
        remedy: "Open the file in Excel, mend the line (column 1: code or name of the department, column 2: day/month/year) and save it as CSV UTF-8.",
    }
    AliasesUnreadable {
        title: "The file of aliases cannot be read",
        explanation: "plugins/aliases.toml is written wrongly, so none of its aliases is used. Rows that are known only by an alias match no indicator then; all others are read.",
        example: "plugins/aliases.toml:1: the file of aliases cannot be read; none of them is used: unclosed array table, expected `]`",
        remedy: "The administrator mends the line. An alias is three lines: [[alias]], indicator = \"sector.indicator\", label = \"label of the row\".",
    }
    AliasUnusable {
        title: "An alias is of no use",
        explanation: "An entry of plugins/aliases.toml names an indicator or department that there is not, repeats a label, or uses that of another indicator, so that nobody could tell the rows apart. This entry alone has no effect.",
        example: "plugins/aliases.toml:2: this alias is not used: there is no indicator \"herd.goats\"",
        remedy: "The administrator mends the entry in plugins/aliases.toml, or deletes it.",
    }
    HistoryUnusable {
        title: "An earlier run is of no use",
        explanation: "The folder history holds the tong-hop.xlsx of earlier periods and nothing else. This file is damaged, is no tong-hop.xlsx, does not tell its period or is of the same one as another file; it is not compared with and gives no figures of last year.",
        example: "history/ghi-chep.xlsx: this file is of no use as an earlier run: it has no sheet \"Nguồn số liệu\" as tong-hop.xlsx has",
        remedy: "Copy the tong-hop.xlsx of that period into history again (tonghop accept), or move the file elsewhere.",
    }
    LastYearDiffers {
        title: "Last year's figure is not what was reported then",
        explanation: "This year's workbook gives a figure of last year that differs from what last year's report used, by more than rounding explains. The report uses this year's workbook.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: \"Đàn trâu\": the workbook says 119 con for last year, last year's report said 110 con",
        remedy: "Compare the two cells. Nothing needs to be done if last year's figure was corrected officially; else mend the workbook.",
    }
    RowGone {
        title: "Rows of the earlier run are gone",
        explanation: "The department reported these indicators then and has no row of them now. Usually a row was deleted, or renamed beyond recognition.",
        example: "workbooks/phong-a: 1 indicator of the last run without a row now: \"Đàn bò\"",
        remedy: "Ask the department: a row that was left out is added to the workbook, a new label to plugins/aliases.toml.",
    }
    RowRenamed {
        title: "Rows have other labels than in the earlier run",
        explanation: "The row of an indicator has another label now, or a row that is not known is perhaps an old one renamed. The sheet Biến động of tong-hop.xlsx lists them.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 row renamed since the last run: \"Đàn trâu\" is \"Trâu\" now",
        remedy: "Check that the new label still is the same indicator; if not, tell the administrator.",
    }
    RowNew {
        title: "Rows that the earlier run did not have",
        explanation: "The row has numbers, matches no indicator and was not there before. Its figures are not read.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 row new since the last run, of no indicator: \"Đàn hươu\"",
        remedy: "If it is to be reported, ask the administrator to declare an indicator; else nothing needs to be done.",
    }
    RowMoved {
        title: "Rows stand elsewhere than in the earlier run",
        explanation: "The row has its old label but stands in another row or sheet. Rows are known by their labels, so that its figures are read all the same.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 row moved since the last run: \"Đàn bò\" from row 4 to row 5",
        remedy: "Nothing needs to be done.",
    }
    RuleDeprecated {
        title: "A rule uses what has been replaced",
        explanation: "The rule calls a function or field for which there is something better now. Its result is what it was, but a later version of the program may not know it any more.",
        example: "plugins/herd.lua:5: \"narrative\" is deprecated since api = 1; the rule runs all the same",
        remedy: "The administrator mends the line as the hint says.",
    }
    TemplateSuspect {
        title: "A template has a mistake but did not run",
        explanation: "The template stands in a branch that this period did not reach, such as an if or a function that was not called, so that this report is as it should be. Once it is reached, the rule fails and the sector loses that part. Every template that is written out is tried without figures.",
        example: "plugins/herd.lua:6: this template did not run but has a mistake: the template calls {catle}, but there is no \"catle\"",
        remedy: "The administrator mends the template at the line that is named, as the hint says.",
    }
    NameShadowed {
        title: "A name of a rule hides another",
        explanation: "A local of the rule is called like a function of the program, which can then not be called; or like an indicator that a template calls, so that the template prints the indicator and not the local.",
        example: "plugins/herd.lua:6: {cattle} in the template is \"cattle\" of the sector, not the local cattle of line 6",
        remedy: "The administrator renames the local, or hands it to the template in its table: { name = name }.",
    }
    IndicatorUnused {
        title: "An indicator that no rule reads",
        explanation: "Departments must fill this indicator or topic, but no sentence, table, computation, threshold, check, chart or other sector reads it. Its figures stand in tong-hop.xlsx but not in the report.",
        example: "plugins/herd.lua:4: departments must fill \"Đàn dê\" (goats), but no rule reads it",
        remedy: "The administrator uses it in a sentence or a table; if it is not needed, it is taken out of the declaration, so that nobody has to fill it.",
    }
    RuleIdle {
        title: "A line of a rule that read no figure",
        explanation: "The line ran, but in the whole period there was no figure for it to compare, to judge, to check or to print, so that it has no effect and nobody sees it. A threshold that no indicator crosses is not named, for that is how a period may be.",
        example: "plugins/herd.lua:6: this comparison is always false, for there are no figures to compare",
        remedy: "The administrator checks the indicator and the measure (plan, last year) at the line that is named; if a department has not sent its workbook yet, there is nothing to do.",
    }
    HeadingShared {
        title: "Sectors share a heading in no declared order",
        explanation: "Two sectors or more write under one heading of the report, but sectors of that heading in tonghop.toml does not name all of them. Those that are not named are printed last, by their ids, which may not be the order that is wanted.",
        example: "plugins/pond.lua:1: several sectors write under the heading I: \"herd\", \"pond\"; the outline does not say in which order",
        remedy: "The administrator names all of them in sectors of the heading in tonghop.toml, in the order of print; if the heading is a mistake, the section in the rule is mended.",
    }
    HeadingEmpty {
        title: "A heading without content",
        explanation: "The heading stands in the outline of tonghop.toml, but no rule writes under it or under a heading below it, so that the report does not print it.",
        example: "tonghop.toml: outline: no rule writes under the heading II (THỦY SẢN); the report will not print it",
        remedy: "The administrator mends the section in the rule or the key in report.lua; if the heading is not needed, it is taken out of the outline.",
    }
    TemplateUnusable {
        title: "The office's form of the report cannot be used",
        explanation: "The file plugins/mau-bao-cao.docx is damaged, is not a Word document, or has a placeholder that the program does not know. The report is complete but has the program's own form.",
        example: "plugins/mau-bao-cao.docx: the form of the report cannot be used: the file is not a Word document (.docx); the report has the program's own form",
        remedy: "Open the form in Word, mend what is named and save it again as \"Word Document (*.docx)\"; or remove the file if it is not needed.",
    }
    CheckRounding {
        title: "A difference due to rounding",
        explanation: "Two numbers that should be equal differ a little, by no more than rounding can cause. The report uses the numbers as the department gave them.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: the total and the sum of its parts: 168.3 tấn against 168.2 tấn, difference 0.1 tấn (due to rounding)",
        remedy: "Nothing is to be done. If the two numbers should match, enter more decimals in the workbook.",
    }
    CheckContradiction {
        title: "Two figures contradict each other",
        explanation: "Two numbers that must be equal, or of which one must not exceed the other, do not fit, by more than rounding explains. The report uses the numbers as they were given.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: the total and the sum of its parts: 170 con against 168 con, difference 2 con (contradiction)",
        remedy: "Compare these cells with the department and mend the one that is wrong. If both are right, ask the administrator to look at the relation declared in the rules.",
    }
    NumberUntraced {
        title: "A number of the report has no source",
        explanation: "The report holds a number that was taken from no cell, computed by no rule, and is no fixed wording. Nobody could say where it comes from, so it is an error.",
        example: "tonghop.toml: section I: the number \"2\" in \" và 2 \" has no source",
        remedy: "The administrator mends the rule: take the number from an indicator, or write it in {=…} where it is fixed wording such as the number of a decree.",
    }
}
