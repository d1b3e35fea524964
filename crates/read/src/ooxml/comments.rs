//! Reads the comments of cells, and the threads of comments of newer versions of Excel.
//!
//! Input: the parts that the relationships of a sheet name, after their check. Output: one text per cell. Not here:
//! authors, times, drawings, what a comment says.
//!
//! A cell with a thread also has an old comment, which explains to older programs what a thread is: the thread replaces
//! it. A thread that people marked as resolved leaves no comment.

use super::literals::parse_cell_ref;
use super::markup::{Element, Event, walk};
use crate::cell_comments::CellComments;
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;

/// Larger parts of comments are not read.
const MAX_PART_BYTES: usize = 8 * 1024 * 1024;

/// The elements that matter; all others are `Other`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    /// A comment of the old kind.
    Comment,
    /// A comment of a thread.
    Threaded,
    /// The text of a comment of a thread; of an old comment, the element around its runs.
    Text,
    /// The text of a run of an old comment.
    RunText,
    /// The pronunciation of a text.
    Phonetic,
    Other,
}

impl Tag {
    fn from_name(name: &str) -> Self {
        match name {
            "comment" => Self::Comment,
            "threadedComment" => Self::Threaded,
            "text" => Self::Text,
            "t" => Self::RunText,
            "rPh" => Self::Phonetic,
            _ => Self::Other,
        }
    }
}

/// The comments of a sheet, from all its parts.
#[derive(Debug, Default)]
pub(crate) struct SheetComments {
    comments: CellComments,
    threads: CellComments,
    resolved: BTreeSet<CellRef>,
    /// The cell of the comment that is being read, and whether it is of a thread.
    current: Option<(CellRef, bool)>,
}

impl SheetComments {
    /// Adds the comments of a part; what follows a mistake in it is left out.
    pub(crate) fn add_part(&mut self, part: &str, content: &[u8]) {
        if content.len() <= MAX_PART_BYTES {
            // The part was checked; a mistake would cost its other comments only.
            let _ = walk(part, content, Tag::from_name, |path, event| {
                self.visit(path, &event);
                Ok(())
            });
        }
    }

    fn visit(&mut self, path: &[Tag], event: &Event<'_, '_>) {
        let is_text = path.contains(&Tag::RunText) || path.contains(&Tag::Threaded) && path.contains(&Tag::Text);
        match (path.last(), event) {
            (Some(Tag::Comment | Tag::Threaded), Event::Start(element)) => self.begin(path, *element),
            _ if !is_text || path.contains(&Tag::Phonetic) => {}
            (_, Event::Text(text)) => self.push(text),
            (_, Event::Character(character)) => self.push(character.encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }

    fn begin(&mut self, path: &[Tag], element: Element<'_, '_>) {
        let is_threaded = path.last() == Some(&Tag::Threaded);
        let cell_ref = element.attribute("ref").and_then(parse_cell_ref);
        self.current = cell_ref.map(|cell_ref| (cell_ref, is_threaded));
        let Some(cell_ref) = cell_ref.filter(|_| is_threaded) else { return };
        if matches!(element.attribute("done"), Some("1" | "true")) {
            self.resolved.insert(cell_ref);
        }
        // The comments of a thread follow each other.
        self.push("\n");
    }

    fn push(&mut self, text: &str) {
        if let Some((cell_ref, is_threaded)) = self.current {
            let texts = if is_threaded { &mut self.threads } else { &mut self.comments };
            texts.push(cell_ref, text);
        }
    }

    /// Returns the comment of each cell.
    pub(crate) fn into_comments(self) -> Vec<(CellRef, Arc<str>)> {
        let Self { mut comments, threads, resolved, .. } = self;
        comments.replace(threads);
        comments.remove(|cell_ref| resolved.contains(cell_ref));
        comments.into_sorted()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comments(parts: &[&str]) -> Vec<(String, String)> {
        let mut sheet = SheetComments::default();
        parts.iter().for_each(|part| sheet.add_part("a", part.as_bytes()));
        sheet.into_comments().into_iter().map(|(at, text)| (at.to_string(), text.to_string())).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(at, text)| ((*at).to_owned(), (*text).to_owned())).collect()
    }

    const OLD: &str = "<comments><authors><author>12</author></authors><commentList>\
        <comment ref='B2'><text><r><rPr><b/></rPr><t>Lan:</t></r><r><t>\nSố đúng &lt; 3.238</t></r></text></comment>\
        <comment ref='C3'><text><t>Nguồn: xã</t><rPh sb='0'><t>77</t></rPh></text></comment>\
        <comment ref='quá xa'><text><t>5</t></text></comment></commentList></comments>";

    #[test]
    fn the_texts_of_comments_are_read_by_cell() {
        assert_eq!(comments(&[OLD]), pairs(&[("B2", "Lan:\nSố đúng < 3.238"), ("C3", "Nguồn: xã")]));
    }

    #[test]
    fn threads_replace_old_comments_and_resolved_ones_are_gone() {
        let threads = "<ThreadedComments>\
            <threadedComment ref='B2' dT='2024-09-20T01:02:03' id='{1}'><text>Xem lại</text></threadedComment>\
            <threadedComment ref='B2' id='{2}' parentId='{1}'><text>là 3.240</text></threadedComment>\
            <threadedComment ref='C3' id='{3}' done='1'><text>đã sửa 5</text></threadedComment></ThreadedComments>";
        assert_eq!(comments(&[OLD, threads]), pairs(&[("B2", "Xem lại\nlà 3.240")]));
        assert_eq!(comments(&[threads, OLD]), comments(&[OLD, threads]));
    }

    #[test]
    fn too_much_is_left_out() {
        let large = format!("{OLD}<!--{}-->", " ".repeat(MAX_PART_BYTES));
        assert_eq!(comments(&[&large]), []);
        assert_eq!(comments(&["<comments><comment ref='A1'><text><t>1</t>", "x"]), pairs(&[("A1", "1")]));
    }
}
