//! Checks the order of properties of paragraphs, runs, tables and sections against the schema (ECMA-376).
//!
//! Input: a part. Output: the elements whose children are in another order, for which Word rejects the file. Not here:
//! properties that the program does not write.

use super::tree::Node;

/// Elements with their allowed children in order.
const ORDERS: &[(&str, &[&str])] = &[
    (
        "w:pPr",
        &["w:pStyle", "w:keepNext", "w:keepLines", "w:pBdr", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:sectPr"],
    ),
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:color",
            "w:sz",
            "w:szCs",
            "w:u",
            "w:vertAlign",
            "w:lang",
        ],
    ),
    ("w:style", &["w:name", "w:basedOn", "w:next", "w:qFormat", "w:pPr", "w:rPr", "w:tblPr"]),
    ("w:styles", &["w:docDefaults", "w:style"]),
    ("w:docDefaults", &["w:rPrDefault", "w:pPrDefault"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    ("w:tblPr", &["w:tblStyle", "w:tblW", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar"]),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    ("w:tr", &["w:trPr", "w:tc"]),
    ("w:trPr", &["w:cantSplit", "w:tblHeader"]),
    ("w:tc", &["w:tcPr", "w:p"]),
    ("w:tcPr", &["w:tcW"]),
    ("w:r", &["w:rPr", "w:t", "w:br"]),
    ("w:p", &["w:pPr", "w:r", "w:hyperlink", "w:bookmarkStart", "w:bookmarkEnd"]),
    ("w:hyperlink", &["w:r"]),
    ("w:sectPr", &["w:headerReference", "w:type", "w:pgSz", "w:pgMar", "w:pgNumType", "w:titlePg"]),
    (
        "w:settings",
        &[
            "w:zoom",
            "w:defaultTabStop",
            "w:characterSpacingControl",
            "w:footnotePr",
            "w:compat",
            "w:themeFontLang",
            "w:decimalSymbol",
            "w:listSeparator",
        ],
    ),
    ("w:footnotePr", &["w:numFmt", "w:numStart", "w:numRestart", "w:footnote"]),
    ("w:font", &["w:panose1", "w:charset", "w:family", "w:pitch"]),
];

/// Elements whose properties must come first, and other children in any order.
const MIXED: [&str; 2] = ["w:p", "w:r"];

/// Elements of a run that contain no text.
const SIGNS: [&str; 7] = [
    "w:fldChar",
    "w:instrText",
    "w:footnoteReference",
    "w:footnoteRef",
    "w:separator",
    "w:continuationSeparator",
    "w:br",
];

/// Returns every element whose children violate the schema.
pub fn mistakes(root: &Node) -> Vec<String> {
    root.all().into_iter().filter_map(mistake).collect()
}

fn mistake(node: &Node) -> Option<String> {
    let (_, order) = ORDERS.iter().find(|(name, _)| *name == node.name)?;
    let children: Vec<&str> = node.children.iter().map(|child| child.name.as_str()).collect();
    let known: Vec<&str> = children.iter().copied().filter(|name| !SIGNS.contains(name)).collect();
    let places: Option<Vec<usize>> = known.iter().map(|name| order.iter().position(|o| o == name)).collect();
    let is_right = places.is_some_and(|places| match MIXED.contains(&node.name.as_str()) {
        true => places.iter().skip(1).all(|place| *place > 0),
        false => places.is_sorted(),
    });
    (!is_right).then(|| format!("{}: {children:?}", node.name))
}
