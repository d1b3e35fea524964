//! Generates the reference of the rule API from the registry.
//!
//! Input: the entries and table schemas. Output: a Markdown page, or the description of one name. Not here: facts that
//! are not in the registry.

use super::stubs::luals_type;
use crate::api::entry::ApiEntry;
use crate::api::schemas::SCHEMAS;
use crate::api::signature::{KeySpec, TableSchema};
use crate::api::usage::call_syntax;
use crate::eval::context::Deprecation;
use crate::eval::lua_type::LuaType;
use crate::host;
use std::fmt::Write;
use tonghop_core::message::{Language, Message, StaticMessage, static_message};
use tonghop_core::model::template::{OPTIONS, SYNTAX_FORMS, SyntaxForm};
use tonghop_core::msg;

/// The chapters of the page by type, in order.
const CHAPTERS: [(LuaType, StaticMessage); 17] = [
    (LuaType::Global, static_message("Hàm chung", "Functions")),
    (LuaType::Sector, static_message("Ngành", "A sector")),
    (LuaType::Indicator, static_message("Chỉ tiêu", "An indicator")),
    (LuaType::Parts, static_message("Các thành phần của chỉ tiêu", "The parts of an indicator")),
    (LuaType::Targets, static_message("Số liệu theo kế hoạch", "Figures by plan")),
    (LuaType::Figure, static_message("Số liệu", "A figure")),
    (LuaType::Series, static_message("Chuỗi tháng, quý", "A series of months or quarters")),
    (LuaType::Narrative, static_message("Phần lời theo chủ đề", "Narrative by topic")),
    (LuaType::Text, static_message("Đoạn chữ", "Text")),
    (LuaType::NarrativeCell, static_message("Một ô phần lời", "A narrative cell")),
    (LuaType::Records, static_message("Các dòng của bảng mở", "Rows of an open table")),
    (LuaType::Record, static_message("Một dòng của bảng mở", "A row of an open table")),
    (LuaType::Remark, static_message("Khó khăn, vướng mắc", "A difficulty")),
    (LuaType::Out, static_message("Nơi viết ra báo cáo", "Where the report is written")),
    (LuaType::Report, static_message("Mọi ngành", "All sectors")),
    (LuaType::Shortfall, static_message("Tồn tại, hạn chế", "A shortfall")),
    (LuaType::Check, static_message("Nơi báo quan hệ không đúng", "Where violated relations are reported")),
];

/// Returns the page in a language.
pub fn markdown(language: Language) -> String {
    let mut page = HEAD.in_language(language).to_owned();
    write_template_forms(&mut page, language);
    SCHEMAS.iter().for_each(|shape| write_table(&mut page, shape, language));
    for (owner, title) in CHAPTERS {
        let mut entries = host::entries().filter(|e| e.owner == owner).peekable();
        if entries.peek().is_some() {
            let _ = write!(page, "\n## {}\n", title.in_language(language));
        }
        entries.for_each(|entry| write_entry(&mut page, entry, language));
    }
    page
}

const HEAD: StaticMessage = static_message(
    "# Những gì quy tắc viết được, gọi được và đọc được

Trang này được sinh ra từ khai báo trong `crates/rules`; mỗi ví dụ đều được chạy thử khi kiểm tra chương trình. Cách bắt đầu \
viết quy tắc có trong [rules.md](rules.md). English: [lua-api.en.md](lua-api.en.md).
",
    "# What a rule can write, call and read

Generated from the registry in `crates/rules`; every example is run by a test. To get started, see \
[rules.en.md](rules.en.md). Tiếng Việt: [lua-api.md](lua-api.md).
",
);

/// Writes the section of an entry.
fn write_entry(page: &mut String, entry: &ApiEntry, language: Language) {
    let mut sentences = vec![Message::from(entry.doc)];
    sentences.extend(
        (entry.since > 1).then(|| msg!("Có từ `api = {since}`.", "Since `api = {since}`.", since = entry.since)),
    );
    sentences.extend(entry.deprecated.map(|Deprecation { since, replacement: instead }| {
        msg!(
            "Cách viết cũ từ `api = {since}`: thay bằng `{instead}`.",
            "Deprecated since `api = {since}`: use `{instead}`."
        )
    }));
    let _ =
        writeln!(page, "\n### `{}`\n\n{}", call_syntax(entry), Message::join(&sentences, " ").in_language(language));
    if entry.example != NO_EXAMPLE {
        let _ = write!(page, "\n```lua\n{}\n```\n", entry.example);
    }
}

/// Writes the chapter on templates.
fn write_template_forms(page: &mut String, language: Language) {
    let means = static_message("nghĩa là", "meaning").in_language(language);
    let heads = [TEMPLATES, static_message("viết", "syntax")].map(|message| message.in_language(language));
    let _ = write!(page, "\n## {}\n\n| {} | {means} |\n|---|---|\n", heads[0], heads[1]);
    for SyntaxForm { syntax, description, .. } in SYNTAX_FORMS {
        let means = description.in_language(language).replace('|', "\\|");
        let _ = writeln!(page, "| `{}` | {means} |", syntax.replace('|', "\\|"));
    }
    let heads = [static_message("Tùy chọn của", "Options of"), static_message("tùy chọn", "option")]
        .map(|message| message.in_language(language));
    let _ = write!(page, "\n{} `{{x|…}}`:\n\n| {} | {means} |\n|---|---|\n", heads[0], heads[1]);
    for (option, means) in OPTIONS {
        let _ = writeln!(page, "| `{option}` | {} |", means.in_language(language));
    }
    let digits = static_message(
        "Chữ số ở bất kỳ chỗ nào khác trong mẫu câu là lỗi: số phải lấy từ biểu.",
        "A digit anywhere else in a template is an error: numbers must come from workbooks.",
    );
    let _ = write!(page, "\n{}\n", digits.in_language(language));
}

/// Writes the chapter on the keys of a table.
fn write_table(page: &mut String, shape: &TableSchema, language: Language) {
    let heads = [
        static_message("Bảng", "Table"),
        shape.doc,
        static_message("mục", "key"),
        static_message("kiểu", "type"),
        static_message("nghĩa là", "meaning"),
    ];
    let [table, doc, key, holds, means] = heads.map(|message| message.in_language(language));
    let _ = write!(page, "\n## {table} `{}`\n\n{doc}\n\n| {key} | {holds} | {means} |\n|---|---|---|\n", shape.name);
    for KeySpec { name, kind, doc, is_required } in shape.positional.iter().chain(shape.keys) {
        let name = if shape.positional.iter().any(|first| first.name == *name) {
            format!("[1] {name}")
        } else {
            (*name).to_owned()
        };
        let must =
            if *is_required { static_message(" (bắt buộc)", " (required)").in_language(language) } else { "" };
        let kind = luals_type(*kind).replace('|', "\\|");
        let _ = writeln!(page, "| `{name}` | `{kind}` | {}{must} |", doc.in_language(language));
    }
}

/// The title of the chapter on templates.
const TEMPLATES: StaticMessage = static_message("Mẫu câu", "Templates");

/// The placeholder for an example that needs more than the sector of the tests has.
const NO_EXAMPLE: &str = "local _ = nil";

/// The description of a name.
pub struct NameDescription {
    /// Its syntax in a rule: `d:behind(share, …)`, `{x}`, `decimals`.
    pub syntax: String,
    /// The type or table that it belongs to.
    pub belongs_to: Message,
    /// Its meaning.
    pub doc: StaticMessage,
    /// Lua code that a test runs; `None` if the name is not an entry or has no short example.
    pub example: Option<&'static str>,
    /// The API version that introduced it, if known.
    pub since: Option<u32>,
}

/// Describes everything called `name`: `behind`, `d:behind`, `behind(…)`, a key of a table, a form of template
/// placeholders or one of their options.
pub fn describe(name: &str) -> Vec<NameDescription> {
    let name = name.trim();
    let calls = host::entries().filter_map(|entry| describe_entry(entry, name));
    let keys = SCHEMAS.iter().flat_map(|shape| shape.positional.iter().chain(shape.keys).map(move |key| (*shape, key)));
    let keys = keys.filter(|(_, key)| key.name == name);
    let keys = keys.map(|(table, key)| description(key.name, table_title(table), key.doc));
    let forms = SYNTAX_FORMS.iter().filter(|form| form.syntax == name);
    let forms = forms.map(|form| description(form.syntax, TEMPLATES.into(), form.description));
    let options = OPTIONS.iter().filter(|(option, _)| option.split('=').next() == Some(name));
    let options = options.map(|(option, means)| description(option, TEMPLATES.into(), *means));
    calls.chain(keys).chain(forms).chain(options).collect()
}

fn describe_entry(entry: &ApiEntry, name: &str) -> Option<NameDescription> {
    let (_, of) = CHAPTERS.into_iter().find(|(owner, _)| *owner == entry.owner)?;
    let name = name.split(['(', '{']).next()?.trim();
    let written = call_syntax(entry);
    let is_asked = entry.name == name || written.split(['(', ' ']).next() == Some(name);
    let example = Some(entry.example).filter(|example| *example != NO_EXAMPLE);
    is_asked.then_some(NameDescription {
        syntax: written,
        belongs_to: of.into(),
        doc: entry.doc,
        example,
        since: Some(entry.since),
    })
}

/// Returns the title of a table with its doc.
fn table_title(shape: &TableSchema) -> Message {
    let doc = Message::from(shape.doc);
    msg!("bảng {table}: {doc}", "table {table}: {doc}", table = shape.name, doc = doc)
}

fn description(syntax: &str, belongs_to: Message, doc: StaticMessage) -> NameDescription {
    NameDescription { syntax: syntax.to_owned(), belongs_to, doc, example: None, since: None }
}

/// Returns the names of all entries and table keys.
pub fn names() -> impl Iterator<Item = &'static str> {
    host::entries().map(|entry| entry.name).chain(SCHEMAS.iter().flat_map(|shape| shape.keys).map(|key| key.name))
}
