//! Generates the reference of the rule API from the registry.
//!
//! Input: the entries and table schemas. Output: a Markdown page, or the description of one name. Not here: facts that
//! are not in the registry.

use super::stubs::luals;
use crate::api::entry::Entry;
use crate::api::shapes::SHAPES;
use crate::api::signature::{Key, Shape};
use crate::api::usage::call;
use crate::eval::context::Deprecated;
use crate::eval::owner::Owner;
use crate::host;
use std::fmt::Write;
use tonghop_core::message::{Both, Language, Words, both};
use tonghop_core::model::template::{FORMS, Form, OPTIONS};
use tonghop_core::say;

/// The chapters of the page by type, in order.
const CHAPTERS: [(Owner, Both); 16] = [
    (Owner::Global, both("Hàm chung", "Functions")),
    (Owner::Sector, both("Ngành", "A sector")),
    (Owner::Indicator, both("Chỉ tiêu", "An indicator")),
    (Owner::Parts, both("Các thành phần của chỉ tiêu", "The parts of an indicator")),
    (Owner::Targets, both("Số liệu theo kế hoạch", "Figures by plan")),
    (Owner::Figure, both("Số liệu", "A figure")),
    (Owner::Words, both("Phần lời theo chủ đề", "Words by topic")),
    (Owner::Text, both("Đoạn chữ", "Words")),
    (Owner::Said, both("Một ô phần lời", "One cell of words")),
    (Owner::Records, both("Các dòng của bảng mở", "Rows of an open table")),
    (Owner::Record, both("Một dòng của bảng mở", "A row of an open table")),
    (Owner::Remark, both("Khó khăn, vướng mắc", "A difficulty")),
    (Owner::Out, both("Nơi viết ra báo cáo", "What sectors and the report write to")),
    (Owner::Report, both("Mọi ngành", "All sectors")),
    (Owner::Shortfall, both("Tồn tại, hạn chế", "A shortfall")),
    (Owner::Check, both("Nơi báo quan hệ không đúng", "What checks report to")),
];

/// Returns the page in a language.
pub fn markdown(language: Language) -> String {
    let mut page = HEAD.in_language(language).to_owned();
    forms(&mut page, language);
    SHAPES.iter().for_each(|shape| table(&mut page, shape, language));
    for (owner, title) in CHAPTERS {
        let mut entries = host::entries().filter(|e| e.owner == owner).peekable();
        if entries.peek().is_some() {
            let _ = write!(page, "\n## {}\n", title.in_language(language));
        }
        entries.for_each(|entry| described_entry(&mut page, entry, language));
    }
    page
}

const HEAD: Both = both(
    "# Những gì quy tắc viết được, gọi được và đọc được

Trang này được sinh ra từ khai báo trong `crates/rules`; mỗi ví dụ đều được chạy thử khi kiểm tra chương trình. Cách bắt đầu \
viết quy tắc có trong [rules.md](rules.md). English: [lua-api.en.md](lua-api.en.md).
",
    "# What a rule can write, call and read

Made from the registry in `crates/rules`; every example is run by a test. How to begin is told in \
[rules.en.md](rules.en.md). Tiếng Việt: [lua-api.md](lua-api.md).
",
);

/// Writes the section of an entry.
fn described_entry(page: &mut String, entry: &Entry, language: Language) {
    let mut said = vec![Words::from(entry.doc)];
    said.extend(
        (entry.since > 1).then(|| say!("Có từ `api = {since}`.", "Since `api = {since}`.", since = entry.since)),
    );
    said.extend(entry.deprecated.map(|Deprecated { since, instead }| {
        say!(
            "Cách viết cũ từ `api = {since}`: thay bằng `{instead}`.",
            "Deprecated since `api = {since}`: use `{instead}`."
        )
    }));
    let _ = writeln!(page, "\n### `{}`\n\n{}", call(entry), Words::joined(&said, " ").in_language(language));
    if entry.example != NO_EXAMPLE {
        let _ = write!(page, "\n```lua\n{}\n```\n", entry.example);
    }
}

/// Writes the chapter on templates.
fn forms(page: &mut String, language: Language) {
    let means = both("nghĩa là", "means").in_language(language);
    let heads = [TEMPLATES, both("viết", "written")].map(|words| words.in_language(language));
    let _ = write!(page, "\n## {}\n\n| {} | {means} |\n|---|---|\n", heads[0], heads[1]);
    for Form { written, means, .. } in FORMS {
        let means = means.in_language(language).replace('|', "\\|");
        let _ = writeln!(page, "| `{}` | {means} |", written.replace('|', "\\|"));
    }
    let heads =
        [both("Tùy chọn của", "Options of"), both("tùy chọn", "option")].map(|words| words.in_language(language));
    let _ = write!(page, "\n{} `{{x|…}}`:\n\n| {} | {means} |\n|---|---|\n", heads[0], heads[1]);
    for (option, means) in OPTIONS {
        let _ = writeln!(page, "| `{option}` | {} |", means.in_language(language));
    }
    let digits = both(
        "Chữ số ở bất kỳ chỗ nào khác trong mẫu câu là lỗi: số phải lấy từ biểu.",
        "A digit anywhere else in a template is an error: numbers come from workbooks.",
    );
    let _ = write!(page, "\n{}\n", digits.in_language(language));
}

/// Writes the chapter on the keys of a table.
fn table(page: &mut String, shape: &Shape, language: Language) {
    let heads =
        [both("Bảng", "Table"), shape.doc, both("mục", "key"), both("kiểu", "holds"), both("nghĩa là", "means")];
    let [table, doc, key, holds, means] = heads.map(|words| words.in_language(language));
    let _ = write!(page, "\n## {table} `{}`\n\n{doc}\n\n| {key} | {holds} | {means} |\n|---|---|---|\n", shape.name);
    for Key { name, kind, doc, needed } in shape.first.iter().chain(shape.keys) {
        let name = if shape.first.iter().any(|first| first.name == *name) {
            format!("[1] {name}")
        } else {
            (*name).to_owned()
        };
        let must = if *needed { both(" (bắt buộc)", " (must be there)").in_language(language) } else { "" };
        let kind = luals(*kind).replace('|', "\\|");
        let _ = writeln!(page, "| `{name}` | `{kind}` | {}{must} |", doc.in_language(language));
    }
}

/// The title of the chapter on templates.
const TEMPLATES: Both = both("Mẫu câu", "Templates");

/// The placeholder for an example that needs more than the sector of the tests has.
const NO_EXAMPLE: &str = "local _ = nil";

/// The description of a name.
pub struct Described {
    /// Its syntax in a rule: `d:behind(share, …)`, `{x}`, `decimals`.
    pub written: String,
    /// The type or table that it belongs to.
    pub of: Words,
    /// Its meaning.
    pub doc: Both,
    /// Lua code that a test runs; `None` if the name is not an entry or has no short example.
    pub example: Option<&'static str>,
    /// The API version that introduced it, if known.
    pub since: Option<u32>,
}

/// Describes everything called `name`: `behind`, `d:behind`, `behind(…)`, a key of a table, a form of template
/// placeholders or one of their options.
pub fn described(name: &str) -> Vec<Described> {
    let name = name.trim();
    let calls = host::entries().filter_map(|entry| called(entry, name));
    let keys = SHAPES.iter().flat_map(|shape| shape.first.iter().chain(shape.keys).map(move |key| (*shape, key)));
    let keys = keys.filter(|(_, key)| key.name == name);
    let keys = keys.map(|(table, key)| written(key.name, belongs(table), key.doc));
    let forms = FORMS.iter().filter(|form| form.written == name);
    let forms = forms.map(|form| written(form.written, TEMPLATES.into(), form.means));
    let options = OPTIONS.iter().filter(|(option, _)| option.split('=').next() == Some(name));
    let options = options.map(|(option, means)| written(option, TEMPLATES.into(), *means));
    calls.chain(keys).chain(forms).chain(options).collect()
}

fn called(entry: &Entry, name: &str) -> Option<Described> {
    let (_, of) = CHAPTERS.into_iter().find(|(owner, _)| *owner == entry.owner)?;
    let name = name.split(['(', '{']).next()?.trim();
    let written = call(entry);
    let is_asked = entry.name == name || written.split(['(', ' ']).next() == Some(name);
    let example = Some(entry.example).filter(|example| *example != NO_EXAMPLE);
    is_asked.then_some(Described { written, of: of.into(), doc: entry.doc, example, since: Some(entry.since) })
}

/// Returns the title of a table with its doc.
fn belongs(shape: &Shape) -> Words {
    let doc = Words::from(shape.doc);
    say!("bảng {table}: {doc}", "table {table}: {doc}", table = shape.name, doc = doc)
}

fn written(written: &str, of: Words, doc: Both) -> Described {
    Described { written: written.to_owned(), of, doc, example: None, since: None }
}

/// Returns the names of all entries and table keys.
pub fn names() -> impl Iterator<Item = &'static str> {
    host::entries().map(|entry| entry.name).chain(SHAPES.iter().flat_map(|shape| shape.keys).map(|key| key.name))
}
