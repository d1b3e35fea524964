//! Finds import cycles between the modules of a crate from its source text.
//!
//! Input: the code of a crate by module. Output: the cycles among the modules of each folder. A module and its children
//! count as one, because a parent re-exports items of its children. Not here: imports between crates, which cannot be
//! cyclic.

use std::collections::{BTreeMap, BTreeSet};

/// The path of a module from the root of the crate.
pub(super) type Module = Vec<String>;

/// The maximum length of a chain of re-exports.
const MAX_REEXPORTS: usize = 8;

/// The code of a crate.
pub(super) struct Crate<'c> {
    code: BTreeMap<Module, &'c str>,
    /// The imports of each module by name, whether re-exported or not.
    names: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl<'c> Crate<'c> {
    pub(super) fn new(code: BTreeMap<Module, &'c str>) -> Self {
        let mut all = Self { code, names: BTreeMap::new() };
        let names = all.code.iter().map(|(module, code)| {
            let found = paths(code).into_iter().filter(|path| path.is_import).filter_map(|path| {
                let target = all.resolve(module, &path.names)?;
                Some((path.alias.or_else(|| path.names.last().cloned())?, target))
            });
            (module.clone(), found.collect())
        });
        all.names = names.collect();
        all
    }

    /// Returns the cycles, each as the paths of its modules.
    pub(super) fn cycles(&self) -> BTreeSet<Vec<String>> {
        let mut folders: BTreeMap<&[String], BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
        let edges = self.edges();
        for (from, to) in &edges {
            let shared = from.iter().zip(to).take_while(|(one, other)| one == other).count();
            if let (Some(one), Some(other)) = (from.get(shared), to.get(shared)) {
                folders.entry(&from[..shared]).or_default().entry(one).or_default().insert(other);
            }
        }
        folders.into_iter().flat_map(|(folder, imports)| folder_cycles(&folder.join("/"), &imports)).collect()
    }

    fn edges(&self) -> BTreeSet<(Module, Module)> {
        let of_module = |(module, code): (&Module, &&str)| {
            let targets = paths(code).into_iter().filter_map(|path| self.resolve(module, &path.names));
            targets.map(|target| (module.clone(), self.defining_module(target))).collect::<Vec<_>>()
        };
        self.code.iter().flat_map(of_module).filter(|(from, to)| from != to).collect()
    }

    /// Resolves a path used in a module to a path from the root of the crate; `None` for other crates.
    fn resolve(&self, module: &Module, path: &[String]) -> Option<Module> {
        let mut at = match path.first()?.as_str() {
            "crate" => Module::new(),
            "self" | "super" => module.clone(),
            child => {
                let inside = [&module[..], &[child.to_owned()]].concat();
                self.code.contains_key(&inside).then_some(module.clone())?
            }
        };
        for name in path {
            match name.as_str() {
                "crate" | "self" => {}
                "super" => drop(at.pop()?),
                name => at.push(name.to_owned()),
            }
        }
        Some(at)
    }

    /// Returns the module that defines a path, following re-exports.
    fn defining_module(&self, mut path: Module) -> Module {
        for _ in 0..MAX_REEXPORTS {
            let depth = (0..=path.len()).rev().find(|depth| self.code.contains_key(&path[..*depth])).unwrap_or(0);
            let handed_on = path.get(depth).and_then(|name| self.names[&path[..depth]].get(name));
            match handed_on {
                Some(target) if *target != path => path = [&target[..], &path[depth + 1..]].concat(),
                _ => return path[..depth].to_vec(),
            }
        }
        path
    }
}

/// Returns the cycles of one folder.
fn folder_cycles(folder: &str, imports: &BTreeMap<&str, BTreeSet<&str>>) -> BTreeSet<Vec<String>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|from| (*from, reachable(imports, from))).collect();
    let circle = |from: &&str| -> Option<Vec<String>> {
        reached[from].contains(from).then(|| {
            let back = |to: &&&str| reached.get(**to).is_some_and(|from_there| from_there.contains(from));
            reached[from].iter().filter(back).map(|name| format!("{folder}/{name}")).collect()
        })
    };
    imports.keys().filter_map(circle).collect()
}

/// Returns the modules that a module imports directly or transitively.
fn reachable<'i>(imports: &BTreeMap<&'i str, BTreeSet<&'i str>>, from: &'i str) -> BTreeSet<&'i str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(at) = open.pop() {
        open.extend(imports.get(at).into_iter().flatten().copied().filter(|next| seen.insert(*next)));
    }
    seen
}

/// A path in the code, with braces expanded.
#[derive(Debug, PartialEq)]
struct Path {
    names: Vec<String>,
    alias: Option<String>,
    is_import: bool,
}

/// Returns the paths in the code of a module.
fn paths(code: &str) -> Vec<Path> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at] == "use" {
            at += 1;
            parse_use_tree(&tokens, &mut at, &[], &mut found);
        } else {
            let names = names(&tokens, &mut at);
            at += usize::from(names.is_empty());
            found.extend((names.len() > 1).then_some(Path { names, alias: None, is_import: false }));
        }
    }
    found
}

/// Parses the tree of a `use` item from a position on and stops at the token that ends it.
fn parse_use_tree(tokens: &[&str], at: &mut usize, prefix: &[String], found: &mut Vec<Path>) {
    let names = [prefix, &names(tokens, at)].concat();
    if tokens.get(*at) == Some(&"{") {
        while !matches!(tokens.get(*at), None | Some(&"}")) {
            *at += 1;
            parse_use_tree(tokens, at, &names, found);
        }
        *at += 1;
        return;
    }
    let alias = (tokens.get(*at) == Some(&"as")).then(|| tokens.get(*at + 1).map(|name| (*name).to_owned())).flatten();
    *at += if alias.is_some() { 2 } else { 0 };
    *at += usize::from(tokens.get(*at) == Some(&"*"));
    if names.len() > prefix.len() {
        found.push(Path { names, alias, is_import: true });
    }
}

/// Parses `a::b::` and leaves the position at the next token.
fn names(tokens: &[&str], at: &mut usize) -> Vec<String> {
    let mut names = Vec::new();
    let is_name = |token: &&&str| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    while let Some(name) = tokens.get(*at).filter(is_name) {
        names.push((*name).to_owned());
        *at += 1;
        if tokens.get(*at) != Some(&"::") {
            break;
        }
        *at += 1;
    }
    names
}

/// Splits code into identifiers, `::` and single characters.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let in_name = |c: char| c.is_alphanumeric() || c == '_';
        let length = match first {
            first if in_name(first) => rest.find(|c| !in_name(c)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            first => first.len_utf8(),
        };
        tokens.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    tokens
}

#[test]
fn every_way_to_import_is_seen() {
    let code = "pub use crate::{a, b::{self, C as D}, e::*};\nuse super::f;\nlet x = crate::g::h(y.z, i);";
    let found: Vec<String> = paths(code).iter().map(|path| path.names.join("::")).collect();
    assert_eq!(found, ["crate::a", "crate::b::self", "crate::b::C", "crate::e", "super::f", "crate::g::h"]);
}

#[test]
fn cycles_are_seen_through_reexports() {
    let module =
        |path: &str| -> Module { path.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect() };
    let circles = |files: &[(&str, &'static str)]| {
        Crate::new(files.iter().map(|(path, code)| (module(path), *code)).collect()).cycles()
    };
    let face = ("", "pub use low::Low;");
    let low = ("low", "use crate::high::help;");
    let open = [face, ("low", ""), ("high", "use crate::Low;"), ("high/part", "use super::help;")];
    assert_eq!(circles(&open), BTreeSet::new());
    let closed = [face, low, ("high", "fn f() { part::g() }"), ("high/part", "use crate::Low;")];
    assert_eq!(circles(&closed), BTreeSet::from([vec!["/high".to_owned(), "/low".to_owned()]]));
}
