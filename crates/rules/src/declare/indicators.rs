//! Reads the indicators of a sector's declaration: labels, units, parts, members, relations.
//!
//! Input: the tables under `indicators`. Output: declarations in the order of the file. Not here: figures.

use super::bounds::member_bounds;
use super::reader::DeclarationReader;
use super::{SectorFunctions, is_valid_name};
use crate::api::schemas;
use mlua::{Table, Value as LuaValue};
use tonghop_core::config::Member;
use tonghop_core::message::Message;
use tonghop_core::model::id::{IndicatorId, SectorId, TargetId, is_file_name};
use tonghop_core::model::indicator::{
    Decimals, DeclaredRelation, IndicatorDecl, Parent, ParentRelation, RelationKind, SectorDecl,
};
use tonghop_core::model::measure::MAX_DECIMALS;
use tonghop_core::model::quantity::Unit;
use tonghop_core::{msg, vi};

/// The maximum number of indicators of one sector.
const MAX_INDICATORS: usize = 5_000;
/// The maximum nesting depth of parts.
const MAX_NESTING: u32 = 8;

/// Properties that indicators inherit from their parent or sector.
#[derive(Clone)]
pub(super) struct Inherited {
    pub unit: Unit,
    pub decimals: Decimals,
    pub parent: Option<Parent>,
    pub depth: u32,
    /// Whether the indicators of the sector have the members of `[members]`.
    pub has_members: bool,
}

/// A member of the breakdown of an indicator.
struct BreakdownMember {
    key: String,
    label: String,
    aliases: Vec<String>,
    line: u32,
}

impl DeclarationReader<'_> {
    /// Reads the indicators of one level in the order of the file, each followed by its parts.
    pub(super) fn indicators(
        &self,
        table: &Table,
        at: &[&str],
        inherited: &Inherited,
        decl: &mut SectorDecl,
        functions: &mut SectorFunctions,
    ) -> mlua::Result<()> {
        if inherited.depth > MAX_NESTING {
            return Err(self.error_at_key(
                Message::new(
                    "chỉ tiêu thành phần lồng nhau quá nhiều cấp",
                    "parts of indicators are nested too deeply",
                ),
                at,
            ));
        }
        for (name, spec) in self.entries_in_file_order(table, at)? {
            let path: Vec<&str> = at.iter().copied().chain([name.as_str()]).collect();
            self.indicator(&name, spec, &path, inherited, decl, functions)?;
        }
        Ok(())
    }

    fn indicator(
        &self,
        name: &str,
        spec: LuaValue,
        at: &[&str],
        inherited: &Inherited,
        decl: &mut SectorDecl,
        functions: &mut SectorFunctions,
    ) -> mlua::Result<()> {
        if decl.indicators.len() >= MAX_INDICATORS {
            return Err(self.error_at_key(too_many_indicators(), at));
        }
        let LuaValue::Table(spec) = spec else {
            let message = msg!(
                "chỉ tiêu {name} cần một bảng: {name} = {{ \"Tên chỉ tiêu\", … }}",
                "the indicator {name} needs a table: {name} = {{ \"Indicator label\", … }}"
            );
            return Err(self.error_at_key(message, at));
        };
        self.check_schema(&spec, &schemas::INDICATOR, at)?;
        let Some(label) = spec.raw_get::<Option<String>>(1)?.filter(|l| !l.trim().is_empty()) else {
            let message = msg!(
                "chỉ tiêu {name} thiếu tên gọi: {name} = {{ \"Tên chỉ tiêu\", … }}",
                "the indicator {name} has no label: {name} = {{ \"Indicator label\", … }}"
            );
            return Err(self.error_at_key(message, at));
        };
        let label = self.expand_label(&label, at)?;
        let id = IndicatorId::new(name);
        let unit = self.unit(&spec, at)?.unwrap_or_else(|| inherited.unit.clone());
        let decimals = self.decimals(&spec, &decl.targets, at)?.unwrap_or_else(|| inherited.decimals.clone());
        let whole = IndicatorDecl {
            id: id.clone(),
            label,
            aliases: self.read_aliases(&spec, at)?,
            accepted_labels: Vec::new(),
            unit: unit.clone(),
            parent: inherited.parent.clone(),
            depth: inherited.depth,
            decimals: decimals.clone(),
            padded: self.get(&spec, "padded", at)?,
            source_indicator: self.read_from(&spec, &decl.id, at)?,
            ratio_base: self.read_reference(&spec, "of", at)?.map(|(_, id)| id),
            counts_names: self.get(&spec, "names", at)?.unwrap_or(false),
            is_breakdown_member: false,
            over: self.over(&spec, at)?,
            bounds: self.bounds(&spec, at)?,
            relations: self.relations(&spec, &decl.id, at)?,
            line: self.key_line(at),
        };
        decl.indicators.push(whole.clone());
        self.members(&spec, &whole, inherited.has_members, at, decl)?;
        functions.attained.extend(self.get(&spec, "attained", at)?.map(|f| (id.clone(), f)));
        functions.derive.extend(self.get(&spec, "derive", at)?.map(|f| (id.clone(), f)));
        for (key, relation) in [("parts", ParentRelation::Part), ("of_which", ParentRelation::OfWhich)] {
            if let Some(below) = self.get::<Table>(&spec, key, at)? {
                let parent = Some(Parent { id: id.clone(), relation });
                let (unit, decimals) = (unit.clone(), decimals.clone());
                let (depth, has_members) = (inherited.depth + 1, inherited.has_members);
                let inherited = Inherited { unit, decimals, parent, depth, has_members };
                let path: Vec<&str> = at.iter().copied().chain([key]).collect();
                self.indicators(&below, &path, &inherited, decl, functions)?;
            }
        }
        Ok(())
    }

    fn read_aliases(&self, spec: &Table, at: &[&str]) -> mlua::Result<Vec<String>> {
        self.string_list(spec, "aliases", at)?.iter().map(|label| self.expand_label(label, at)).collect()
    }

    /// Reads a reference to an indicator: `indicator`, or `sector.indicator` of another sector.
    fn read_reference(
        &self,
        spec: &Table,
        key: &str,
        at: &[&str],
    ) -> mlua::Result<Option<(Option<SectorId>, IndicatorId)>> {
        let Some(written) = self.get::<String>(spec, key, at)? else { return Ok(None) };
        let (sector, indicator) = written.split_once('.').map_or((None, written.as_str()), |(s, i)| (Some(s), i));
        if sector.is_some_and(|s| !is_file_name(s)) || !is_valid_name(indicator) {
            let message = msg!(
                "{key} = \"{written}\" cần dạng \"chỉ_tiêu\" hoặc \"ngành.chỉ_tiêu\"",
                "{key} = \"{written}\" must be written \"indicator\" or \"sector.indicator\""
            );
            return Err(self.error_at_key(message, at));
        }
        Ok(Some((sector.map(SectorId::new), IndicatorId::new(indicator))))
    }

    /// Reads `from`, a reference to an indicator of another sector.
    fn read_from(&self, spec: &Table, own: &SectorId, at: &[&str]) -> mlua::Result<Option<(SectorId, IndicatorId)>> {
        match self.read_reference(spec, "from", at)? {
            None => Ok(None),
            Some((Some(sector), id)) if sector != *own => Ok(Some((sector, id))),
            Some((_, id)) => {
                let message = msg!(
                    "from = \"{id}\": một ngành không lấy số liệu của chính mình",
                    "from = \"{id}\": a sector cannot take figures from itself"
                );
                let hint = Message::new(
                    "viết tên ngành khác trước dấu chấm: from = \"ngành.chỉ_tiêu\"",
                    "write another sector before the dot: from = \"sector.indicator\"",
                );
                Err(self.error_at_key_with_hint(message, at, Some(hint)))
            }
        }
    }

    /// Reads `equals` and `at_most`, with `because`, the possible explanation of a difference.
    fn relations(&self, spec: &Table, own: &SectorId, at: &[&str]) -> mlua::Result<Vec<DeclaredRelation>> {
        let because: Option<String> = self.get(spec, "because", at)?;
        let mut relations = Vec::new();
        for (key, kind) in [("equals", RelationKind::Equal), ("at_most", RelationKind::AtMost)] {
            if let Some((sector, indicator)) = self.read_reference(spec, key, at)? {
                let sector = sector.unwrap_or_else(|| own.clone());
                relations.push(DeclaredRelation { kind, sector, indicator, explanation: because.clone() });
            }
        }
        Ok(relations)
    }

    /// Reads `by`: one member per key, each an indicator `<id>_<key>` that is a part of this one; `"members"` stands for
    /// those of `[members]`, which `members = true` gives to every indicator that departments report as a number.
    fn members(
        &self,
        spec: &Table,
        whole: &IndicatorDecl,
        has_members: bool,
        at: &[&str],
        decl: &mut SectorDecl,
    ) -> mlua::Result<()> {
        let is_reported = whole.source_indicator.is_none() && !whole.counts_names;
        let path: Vec<&str> = at.iter().copied().chain(["by"]).collect();
        let members = match spec.raw_get::<LuaValue>("by")? {
            LuaValue::String(_) => self.project_members(&path)?,
            LuaValue::Nil if has_members && is_reported => self.project_members(at)?,
            LuaValue::Nil => return Ok(()),
            _ => self.written_members(spec, at, &path)?,
        };
        if decl.indicators.len() + members.len() > MAX_INDICATORS {
            return Err(self.error_at_key(too_many_indicators(), at));
        }
        decl.indicators.extend(members.into_iter().map(|member| IndicatorDecl {
            id: IndicatorId::new(format!("{}_{}", whole.id, member.key)),
            label: member.label,
            aliases: member.aliases,
            parent: Some(Parent { id: whole.id.clone(), relation: ParentRelation::Part }),
            depth: whole.depth + 1,
            is_breakdown_member: true,
            over: None,
            bounds: member_bounds(whole),
            counts_names: false,
            source_indicator: None,
            ratio_base: None,
            relations: Vec::new(),
            line: member.line,
            ..whole.clone()
        }));
        Ok(())
    }

    fn written_members(&self, spec: &Table, at: &[&str], path: &[&str]) -> mlua::Result<Vec<BreakdownMember>> {
        let Some(members) = self.get::<Table>(spec, "by", at)? else { return Ok(Vec::new()) };
        let member = |(key, label): (String, LuaValue)| {
            let at: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
            let LuaValue::String(label) = label else {
                let message = msg!(
                    "by: {key} cần tên gọi: {key} = \"Mầm non\"",
                    "by: {key} needs a label: {key} = \"Kindergarten\""
                );
                return Err(self.error_at_key(message, &at));
            };
            let line = self.key_line(&at);
            Ok(BreakdownMember { label: label.to_str()?.to_owned(), aliases: Vec::new(), line, key })
        };
        self.entries_in_file_order(&members, path)?.into_iter().map(member).collect()
    }

    /// Returns the members of `[members]` in `tonghop.toml`.
    fn project_members(&self, at: &[&str]) -> mlua::Result<Vec<BreakdownMember>> {
        let settings = &self.config.members;
        if settings.list.is_empty() {
            let message = Message::new(
                "tonghop.toml chưa khai báo các nơi trong [members] list",
                "tonghop.toml declares no members in [members] list",
            );
            let hint = Message::new(
                "thêm [members] với list = [{ id = \"an_binh\", name = \"Xã An Bình\" }]",
                "add [members] with list = [{ id = \"an_binh\", name = \"Xã An Bình\" }]",
            );
            return Err(self.error_at_key_with_hint(message, at, Some(hint)));
        }
        let line = self.key_line(at);
        let member = |member: &Member| {
            let label = settings.label(member);
            let aliases = Some(member.name.clone()).filter(|name| *name != label).into_iter().collect();
            BreakdownMember { key: member.id.clone(), label, aliases, line }
        };
        Ok(settings.list.iter().map(member).collect())
    }

    pub(super) fn unit(&self, table: &Table, at: &[&str]) -> mlua::Result<Option<Unit>> {
        Ok(self.get::<String>(table, "unit", at)?.map(|u| vi::unit::parse(&u)))
    }

    /// Reads `decimals` per measure; `attainment` also per target.
    pub(super) fn decimals(&self, table: &Table, targets: &[TargetId], at: &[&str]) -> mlua::Result<Option<Decimals>> {
        let Some(written) = self.get::<Table>(table, "decimals", at)? else { return Ok(None) };
        let path: Vec<&str> = at.iter().copied().chain(["decimals"]).collect();
        self.check_schema(&written, &schemas::DECIMALS, &path)?;
        let places = |value: Option<u32>| match value {
            Some(places) if places > MAX_DECIMALS => {
                let message =
                    msg!("decimals: nhiều nhất {MAX_DECIMALS} chữ số thập phân", "decimals: at most {MAX_DECIMALS}");
                Err(self.error_at_key(message, &path))
            }
            other => Ok(other),
        };
        let mut decimals = Decimals {
            value: places(self.get(&written, "value", &path)?)?,
            yoy: places(self.get(&written, "yoy", &path)?)?,
            share: places(self.get(&written, "share", &path)?)?,
            ratio: places(self.get(&written, "ratio", &path)?)?,
            ..Decimals::default()
        };
        match written.raw_get::<LuaValue>("attainment")? {
            LuaValue::Table(by_target) => {
                let known: Vec<&str> = targets.iter().map(TargetId::as_str).collect();
                self.check_keys(&by_target, &known, &path)?;
                for target in targets {
                    if let Some(value) = places(self.get(&by_target, target.as_str(), &path)?)? {
                        decimals.attainment.insert(target.clone(), value);
                    }
                }
            }
            _ => decimals.attainment_default = places(self.get(&written, "attainment", &path)?)?,
        }
        Ok(Some(decimals))
    }
}

fn too_many_indicators() -> Message {
    Message::new("quá nhiều chỉ tiêu trong một ngành", "too many indicators in one sector")
}
