//! Reads the open tables of a sector's declaration.
//!
//! Input: the table under `records`. Output: declarations in the order of the file. Not here: rows.

use super::is_valid_name;
use super::reader::DeclarationReader;
use crate::api::schemas;
use mlua::{Table, Value as LuaValue};
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::message::Message;
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::measure::PrintFormat;
use tonghop_core::model::records::{FieldDecl, RecordsDecl};
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;

/// The maximum number of fields of one table.
const MAX_FIELDS: usize = 32;

impl DeclarationReader<'_> {
    /// Reads `records`.
    pub(super) fn records(&self, table: &Table) -> mlua::Result<Vec<Arc<RecordsDecl>>> {
        let Some(records) = self.get::<Table>(table, "records", &[])? else { return Ok(Vec::new()) };
        let declared = self.entries_in_file_order(&records, &["records"])?.into_iter();
        let declared: Vec<Arc<RecordsDecl>> =
            declared.map(|(name, spec)| self.open_table(&name, spec).map(Arc::new)).collect::<mlua::Result<_>>()?;
        for (at, decl) in declared.iter().enumerate() {
            if let Some(above) = declared[..at].iter().find(|above| folded_headings(above) == folded_headings(decl)) {
                let message = msg!(
                    "bảng {above} và bảng {name} có cùng các cột, không phân biệt được",
                    "the tables {above} and {name} have the same fields and cannot be distinguished",
                    above = above.name,
                    name = decl.name
                );
                return Err(self.error_at_key(message, &["records", decl.name.as_str()]));
            }
        }
        Ok(declared)
    }

    fn open_table(&self, name: &str, spec: LuaValue) -> mlua::Result<RecordsDecl> {
        let at = ["records", name];
        let LuaValue::Table(spec) = spec else {
            let message = msg!(
                "{name} cần một bảng: {name} = {{ fields = {{ … }} }}",
                "{name} needs a table: {name} = {{ fields = {{ … }} }}"
            );
            return Err(self.error_at_key(message, &at));
        };
        self.check_schema(&spec, &schemas::RECORDS, &at)?;
        let decimals = self.get::<u32>(&spec, "decimals", &at)?;
        let fields = self.fields(&spec, &at)?;
        Ok(RecordsDecl {
            name: IndicatorId::new(name),
            group: self.group(&spec, &at, &fields)?,
            fields,
            unit: self.unit(&spec, &at)?,
            mixed: self.get(&spec, "mixed", &at)?.unwrap_or(false),
            print: PrintFormat { decimals, padded: None },
            line: self.key_line(&at),
        })
    }

    /// Reads the name of the field that holds the heading above a row.
    fn group(&self, spec: &Table, at: &[&str], fields: &[FieldDecl]) -> mlua::Result<Option<String>> {
        let Some(name) = self.get::<String>(spec, "group", at)? else { return Ok(None) };
        let path: Vec<&str> = at.iter().copied().chain(["group"]).collect();
        if !is_valid_name(&name) {
            let message = msg!(
                "group cần tên để gọi đề mục của nhóm trong quy tắc, chữ thường không dấu: group = \"nhom\"",
                "group needs the name by which rules call the heading, in lower case without accents: group = \"stage\""
            );
            return Err(self.error_at_key(message, &path));
        }
        self.check_field_name(&name, &path)?;
        if fields.iter().any(|field| field.name == name) {
            let message =
                msg!("group và fields cùng có tên \"{name}\"", "group and fields both have the name \"{name}\"");
            return Err(self.error_at_key(message, &path));
        }
        Ok(Some(name))
    }

    /// Checks that a field does not have a name of the program.
    fn check_field_name(&self, name: &str, at: &[&str]) -> mlua::Result<()> {
        let measured = self.config.measure(name).is_some();
        if measured || crate::reserved_fields().contains(name) {
            let message =
                msg!("tên \"{name}\" đã được chương trình dùng", "the name \"{name}\" is reserved by the program");
            return Err(self.error_at_key(message, at));
        }
        Ok(())
    }

    fn fields(&self, spec: &Table, at: &[&str]) -> mlua::Result<Vec<FieldDecl>> {
        let path: Vec<&str> = at.iter().copied().chain(["fields"]).collect();
        let mut fields = Vec::new();
        for (name, heading) in self.entries_in_file_order(&self.get_required(spec, "fields", at)?, &path)? {
            let at: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
            let heading = heading.as_string().and_then(|words| Some(words.to_str().ok()?.trim().to_owned()));
            let Some(heading) = heading.filter(|words| !words.is_empty() && is_valid_name(&name)) else {
                let message = msg!(
                    "cột {name} cần tên chữ thường không dấu và tiêu đề của cột: {name} = \"Tiêu đề\"",
                    "the field {name} needs a lower-case name without accents and a column heading: {name} = \"Heading\""
                );
                return Err(self.error_at_key(message, &at));
            };
            self.check_field_name(&name, &at)?;
            let heading = self.expand_label(&heading, &path)?;
            if fields.iter().any(|field: &FieldDecl| fold(&field.heading) == fold(&heading)) {
                let message = msg!("hai cột cùng tiêu đề \"{heading}\"", "two fields have the heading \"{heading}\"");
                return Err(self.error_at_key(message, &at));
            }
            fields.push(FieldDecl { name, heading });
        }
        if fields.is_empty() || fields.len() > MAX_FIELDS {
            let message = Message::new(
                "fields cần ít nhất một cột chữ, để nhận ra bảng: fields = { linh_vuc = \"Lĩnh vực\" }",
                "fields needs at least one text column, to recognise the table: fields = { field = \"Heading\" }",
            );
            return Err(self.error_at_key(message, &path));
        }
        Ok(fields)
    }
}

/// Returns the folded headings of a table's columns, by which the table is recognised.
fn folded_headings(decl: &RecordsDecl) -> BTreeSet<String> {
    decl.fields.iter().map(|field| fold(&field.heading)).collect()
}
