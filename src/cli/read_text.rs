//! Prints how a workbook was understood, for people: columns first, then rows, then what was not read.
//!
//! Input: a [`WorkbookReading`]. Output: aligned lines, with colours on a terminal. Not here: JSON.

use std::io::{self, Write};
use tonghop_core::diag::render::escape_invisible;
use tonghop_core::diag::{Language, Message};
use tonghop_core::message::pluralise;
use tonghop_core::msg;
use tonghop_recognise::reading::{
    CellFate, CellReading, Problem, RowReading, RowUnderstanding, SheetReading, TableKind, TableReading,
    WorkbookReading,
};

/// The most rows of a table, and the most problems of a sheet, that are printed.
const MAX_LINES: usize = 100;
/// The most characters of a heading, a label and the match of a row.
const MAX_WORDS: usize = 44;
/// The most characters of the content of a cell.
const MAX_CONTENT: usize = 24;
/// The blanks between two columns.
const GAP: usize = 2;

/// A colour of the terminal, as a parameter of the escape sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Colour {
    Plain,
    Bold,
    Good,
    Bad,
    Dim,
}

/// Prints a workbook.
///
/// # Errors
/// Returns an error if the stream is closed.
pub(super) fn print(
    reading: &WorkbookReading,
    language: Language,
    has_colours: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    TextPrinter { language, has_colours, out }.workbook(reading)
}

struct TextPrinter<'o> {
    language: Language,
    has_colours: bool,
    out: &'o mut dyn Write,
}

/// A piece of a line.
type Piece = (Colour, String);

impl TextPrinter<'_> {
    fn workbook(&mut self, reading: &WorkbookReading) -> io::Result<()> {
        let compared = match &reading.department {
            Some(department) => {
                msg!("đối chiếu với chỉ tiêu của {department}", "compared with the indicators of {department}")
            }
            None => msg!("đối chiếu với chỉ tiêu của mọi đơn vị", "compared with the indicators of all departments"),
        };
        let compared = self.words(&compared);
        self.line(0, &[(Colour::Bold, reading.file.to_string()), (Colour::Plain, format!(": {compared}"))])?;
        for problem in reading.refusal.iter().chain(&reading.doubts) {
            self.problem(0, problem)?;
        }
        reading.sheets.iter().try_for_each(|sheet| self.sheet(sheet))
    }

    fn sheet(&mut self, sheet: &SheetReading) -> io::Result<()> {
        let hidden = Message::new(" (đang ẩn)", " (hidden)");
        let hidden = if sheet.is_hidden { self.words(&hidden) } else { String::new() };
        writeln!(self.out)?;
        self.line(0, &[(Colour::Bold, format!("[{}]{hidden}", sheet.name))])?;
        if let Some(reason) = &sheet.reason {
            let (message, hint) = (self.words(&reason.message()), self.words(&reason.hint()));
            self.line(1, &[(Colour::Bad, message)])?;
            self.line(1, &[(Colour::Plain, format!("→ {hint}"))])?;
        } else if sheet.tables.is_empty() {
            let message = self.words(&Message::new("không có bảng; đọc như phần lời", "no table; read as text"));
            self.line(1, &[(Colour::Plain, message)])?;
            self.lines_of_text(sheet)?;
        }
        sheet.tables.iter().try_for_each(|table| self.table(table))?;
        self.problems(sheet)
    }

    /// Prints the lines of a sheet of prose that give a text.
    fn lines_of_text(&mut self, sheet: &SheetReading) -> io::Result<()> {
        let used = sheet.lines.iter().filter(|cell| matches!(cell.fate, CellFate::Read { .. } | CellFate::Heading));
        for cell in used.take(MAX_LINES) {
            let gives = match &cell.fate {
                CellFate::Read { gives } => format!(" → {}", gives.join(", ")),
                _ => String::new(),
            };
            self.line(2, &[(Colour::Plain, format!("{}  {}{gives}", cell.cell, shorten(&cell.text, MAX_WORDS)))])?;
        }
        Ok(())
    }

    fn table(&mut self, table: &TableReading) -> io::Result<()> {
        let kind = match &table.kind {
            TableKind::Indicators => Message::verbatim(""),
            TableKind::Open { table } => msg!(", bảng mở {table}", ", the open table {table}"),
            TableKind::Ambiguous => msg!(", khớp nhiều bảng mở, không đọc", ", fits several open tables, not read"),
        };
        let title = msg!("Bảng {range}{kind}", "Table {range}{kind}", range = table.range, kind = kind);
        let title = self.words(&title);
        self.line(1, &[(Colour::Bold, title)])?;
        if let Some(title) = table.titles.last() {
            self.named_line(&Message::new("tên bảng", "title"), title)?;
        }
        if !table.units.is_empty() {
            self.named_line(&Message::new("đơn vị tính", "unit"), &table.units.join("; "))?;
        }
        self.columns(table)?;
        self.rows(table)
    }

    fn named_line(&mut self, name: &Message, text: &str) -> io::Result<()> {
        let name = self.words(name);
        self.line(2, &[(Colour::Dim, format!("{name}: ")), (Colour::Plain, shorten(text, 2 * MAX_WORDS))])
    }

    fn columns(&mut self, table: &TableReading) -> io::Result<()> {
        self.caption(&Message::new("Cột", "Columns"))?;
        let mut lines = Vec::new();
        for column in &table.columns {
            let cell = column.cells.last().cloned().unwrap_or_else(|| column.column.clone());
            let colour = match column.role {
                "unknown" | "unheaded" | "repeated" | "contested" => Colour::Bad,
                "value" | "member" | "indicator" => Colour::Good,
                _ => Colour::Plain,
            };
            let leftover = match column.leftover.join(" ") {
                words if words.is_empty() || words == column.heading => String::new(),
                words => self.words(&msg!("; còn lại: \"{words}\"", "; left over: \"{words}\"")),
            };
            let heading = match column.heading.as_str() {
                "" => "–".to_owned(),
                heading => format!("\"{}\"", shorten(heading, MAX_WORDS)),
            };
            let meaning = format!("{}{leftover}", self.words(&column.meaning));
            lines.push(vec![(Colour::Dim, cell), (Colour::Plain, heading), (colour, meaning)]);
        }
        self.aligned(&lines)
    }

    fn rows(&mut self, table: &TableReading) -> io::Result<()> {
        let is_shown =
            |row: &&RowReading| row.meaning != RowUnderstanding::Outside || row.cells.iter().any(is_rejected);
        let shown: Vec<&RowReading> = table.rows.iter().filter(is_shown).collect();
        self.caption(&Message::new("Dòng", "Rows"))?;
        let mut lines = Vec::new();
        for row in shown.iter().take(MAX_LINES) {
            let (cell, label) = match &row.label {
                Some(label) => (label.cell.clone(), shorten(&label.text, MAX_WORDS)),
                None => (row.row.to_string(), "–".to_owned()),
            };
            let mut line = vec![(Colour::Dim, cell), (Colour::Plain, label), self.row_match(row)];
            let is_label = |cell: &&CellReading| row.label.as_ref().is_some_and(|label| label.cell == cell.cell);
            line.extend(row.cells.iter().filter(|cell| !is_label(cell)).filter_map(|cell| self.cell(cell)));
            lines.push(line);
        }
        self.aligned(&lines)?;
        let more = shown.len().saturating_sub(MAX_LINES);
        if more > 0 || table.unlisted_cells > 0 {
            let message = self.words(&more_rows(more, table.unlisted_cells));
            self.line(3, &[(Colour::Dim, message)])?;
        }
        Ok(())
    }

    fn row_match(&self, row: &RowReading) -> Piece {
        let (colour, message) = match &row.meaning {
            RowUnderstanding::Indicator { indicator, .. } => (Colour::Good, Message::verbatim(indicator.as_str())),
            RowUnderstanding::Several { indicators } => {
                let names = indicators.join(", ");
                (Colour::Bad, msg!("khớp với nhiều: {names}", "matches several: {names}"))
            }
            RowUnderstanding::OneOfSeveral { indicator } => (
                Colour::Bad,
                msg!("một phần của {indicator}, không rõ của cả chỉ tiêu", "a part of {indicator}, not the whole"),
            ),
            RowUnderstanding::OtherParent { indicator, parent } => (
                Colour::Bad,
                msg!("{indicator}, không thấy \"{parent}\"", "{indicator}, without its parent \"{parent}\""),
            ),
            RowUnderstanding::OtherScope { indicator, title } => {
                (Colour::Bad, msg!("{indicator}, dưới \"{title}\"", "{indicator}, under \"{title}\""))
            }
            RowUnderstanding::Crossed => (Colour::Good, Message::new("chỉ tiêu theo cột", "indicators by column")),
            RowUnderstanding::Topic { topics } => (Colour::Good, Message::verbatim(topics.join(", "))),
            RowUnderstanding::Record => (Colour::Plain, Message::verbatim("")),
            RowUnderstanding::Unknown { nearest: Some(nearest) } => (
                Colour::Bad,
                msg!(
                    "không khớp; gần nhất: \"{label}\" ({indicator})",
                    "no match; nearest: \"{label}\" ({indicator})",
                    label = nearest.label,
                    indicator = nearest.indicator
                ),
            ),
            RowUnderstanding::Unknown { nearest: None } => (Colour::Bad, Message::new("không khớp", "no match")),
            RowUnderstanding::Group => (Colour::Dim, Message::new("(nhóm)", "(group)")),
            RowUnderstanding::Outside => (Colour::Dim, Message::new("(ngoài bảng)", "(outside the table)")),
        };
        let mark = match colour {
            Colour::Good => "= ",
            Colour::Bad => "? ",
            _ => "",
        };
        (colour, format!("{mark}{}", self.words(&message)))
    }

    /// Returns the cell with its fate; `None` for labels and texts that nothing is asked of.
    fn cell(&self, cell: &CellReading) -> Option<Piece> {
        let content = format!("{} {}", cell.cell, shorten(&cell.text, MAX_CONTENT));
        match &cell.fate {
            CellFate::Heading | CellFate::Label => None,
            CellFate::Read { .. } => Some((Colour::Plain, content)),
            CellFate::Converted { amount, unit, .. } => {
                let amount = if amount.is_empty() { "-" } else { amount };
                Some((Colour::Plain, format!("{content} → {} {unit}", amount).trim_end().to_owned()))
            }
            CellFate::Superseded { used, .. } => {
                let used = used.as_deref().unwrap_or("–");
                Some((Colour::Dim, format!("{content} ({})", self.words(&msg!("dùng {used}", "{used} is used")))))
            }
            CellFate::Rejected { .. } => Some((Colour::Bad, format!("{content} ×"))),
            CellFate::NotAsked => {
                let is_number = cell.text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
                is_number.then(|| (Colour::Dim, format!("({content})")))
            }
        }
    }

    fn problems(&mut self, sheet: &SheetReading) -> io::Result<()> {
        // The reason of an unread sheet is printed above.
        let shown: Vec<&Problem> = sheet.problems.iter().filter(|problem| problem.code != "sheet-unknown").collect();
        if shown.is_empty() {
            return Ok(());
        }
        let title = self.words(&Message::new("Vấn đề", "Problems"));
        self.line(1, &[(Colour::Bold, title)])?;
        shown.iter().take(MAX_LINES).try_for_each(|problem| self.problem(2, problem))?;
        let more = shown.len().saturating_sub(MAX_LINES);
        if more > 0 {
            let message = self.words(&msg!("… và {more} vấn đề nữa", "… and {more} more"));
            self.line(2, &[(Colour::Dim, message)])?;
        }
        Ok(())
    }

    fn problem(&mut self, depth: usize, problem: &Problem) -> io::Result<()> {
        let cell = problem.cell.as_ref().map(|cell| format!("{cell}: ")).unwrap_or_default();
        let message = self.words(&problem.message);
        self.line(
            depth,
            &[(Colour::Dim, cell), (Colour::Plain, message), (Colour::Dim, format!(" [{}]", problem.code))],
        )
    }

    fn caption(&mut self, title: &Message) -> io::Result<()> {
        let title = self.words(title);
        self.line(2, &[(Colour::Bold, title)])
    }

    /// Prints lines whose first three pieces are aligned; the others follow.
    fn aligned(&mut self, lines: &[Vec<Piece>]) -> io::Result<()> {
        const ALIGNED: usize = 3;
        let width =
            |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|(_, text)| text.chars().count()).max();
        let widths: Vec<usize> = (0..ALIGNED).map(|at| width(at).unwrap_or(0).min(MAX_WORDS + GAP)).collect();
        for line in lines {
            let padded: Vec<Piece> = line
                .iter()
                .enumerate()
                .map(|(at, (colour, text))| {
                    let is_last = at + 1 == line.len();
                    let width = if is_last { 0 } else { widths.get(at).copied().unwrap_or(0) };
                    let gap = if is_last { 0 } else { GAP };
                    (*colour, format!("{text}{:1$}", "", width.saturating_sub(text.chars().count()) + gap))
                })
                .collect();
            self.line(3, &padded)?;
        }
        Ok(())
    }

    fn line(&mut self, depth: usize, pieces: &[Piece]) -> io::Result<()> {
        let text: String = pieces.iter().map(|(colour, text)| self.coloured(*colour, text)).collect();
        writeln!(self.out, "{:1$}{2}", "", depth * 2, text.trim_end())
    }

    fn coloured(&self, colour: Colour, text: &str) -> String {
        let text = escape_invisible(text);
        let parameter = match colour {
            Colour::Bold => "1",
            Colour::Good => "32",
            Colour::Bad => "31",
            Colour::Dim => "2",
            Colour::Plain => return text,
        };
        if self.has_colours { format!("\u{1b}[{parameter}m{text}\u{1b}[0m") } else { text }
    }

    fn words(&self, message: &Message) -> String {
        message.in_language(self.language).to_owned()
    }
}

fn is_rejected(cell: &CellReading) -> bool {
    matches!(cell.fate, CellFate::Rejected { .. })
}

fn more_rows(rows: usize, cells: usize) -> Message {
    match (rows, cells) {
        (rows, 0) => msg!(
            "… và {rows} dòng nữa; --format json có đủ",
            "… and {counted}; --format json has them",
            counted = pluralise(rows, "more row")
        ),
        (rows, cells) => msg!(
            "… và {rows} dòng nữa; {cells} ô không liệt kê vì tệp có quá nhiều ô",
            "… and {counted}; {cells} cells are not listed, as the workbook has too many",
            counted = pluralise(rows, "more row")
        ),
    }
}

/// Shortens a text to a number of characters.
fn shorten(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
