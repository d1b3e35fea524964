//! The names of bookmarks: of a figure, and of its row in the appendix of sources.

use tonghop_core::model::trace::FigureTrace;

/// Returns the bookmark of a figure's row: that of the figure with another first letter.
pub(crate) fn source_row_bookmark(figure: &FigureTrace) -> String {
    let name = figure.bookmark.as_str();
    format!("s_{}", name.strip_prefix("f_").unwrap_or(name))
}
