//! Randomly damaged workbooks, from fixed seeds: each is read unchanged or rejected with a reason.

use crate::project::repository;
use std::fs;
use std::io::{Cursor, Read, Write};
use tonghop_core::model::raw_workbook::RawWorkbook;
use tonghop_read::{ReadError, read_workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub const FORMATS: [&str; 4] = ["xlsx", "xlsb", "ods", "xls"];
const MUTANTS: usize = 400;

/// A random number generator with reproducible output (xorshift).
pub struct Chance(pub u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

pub fn sample(extension: &str) -> Vec<u8> {
    fs::read(repository().join("tests/formats/sample").with_extension(extension)).unwrap()
}

/// Damages bytes as disks, cables and attackers do.
pub fn damaged(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    let at = chance.below(bytes.len());
    match chance.below(5) {
        0 => damaged.truncate(at),
        1 => drop(damaged.drain(at..(at + chance.below(64)).min(bytes.len()))),
        2 => damaged.extend_from_within(at..),
        3 => damaged[at] ^= 1 << chance.below(8),
        _ => {
            let extreme = *chance.pick(&[0_u32, 1, 0x7FFF_FFFF, 0xFFFF_FFFE, u32::MAX]);
            damaged.splice(at..(at + 4).min(bytes.len()), extreme.to_le_bytes());
        }
    }
    damaged
}

type Parts = Vec<(String, Vec<u8>)>;

fn unpacked(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |index| {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.name().unwrap().into_owned(), content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(part).collect()
}

fn packed(parts: &Parts, method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Reads a workbook. Panics of the library are caught by the reader; a panic of our own code fails the test.
fn read_or_reason(bytes: &[u8]) -> Result<RawWorkbook, ReadError> {
    let outcome = read_workbook(bytes);
    if let Err(reason) = &outcome {
        assert!(!reason.to_string().is_empty() && !reason.hint().vietnamese().is_empty());
    }
    outcome
}

#[test]
fn a_damaged_file_with_checksums_is_read_as_it_was_or_refused() {
    for (seed, extension) in (1..).zip(["xlsx", "xlsb", "ods"]) {
        let good = sample(extension);
        for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
            let good = packed(&unpacked(&good), method);
            let expected = read_workbook(&good).unwrap();
            let mut chance = Chance(seed * 7919);
            for round in 0..MUTANTS {
                if let Ok(book) = read_or_reason(&damaged(&good, &mut chance)) {
                    assert!(book.sheets == expected.sheets, "{extension} {method:?} {round}: read as another workbook");
                }
            }
        }
    }
}

#[test]
fn hostile_parts_with_right_checksums_are_read_or_refused() {
    for (seed, extension) in (1..).zip(["xlsx", "xlsb", "ods"]) {
        let parts = unpacked(&sample(extension));
        let mut chance = Chance(seed * 104_729);
        for _ in 0..MUTANTS {
            let mut mutant = parts.clone();
            let at = chance.below(mutant.len());
            let other = chance.below(mutant.len());
            if chance.below(10) == 0 {
                mutant[at].1 = mutant[other].1.clone();
            } else if !mutant[at].1.is_empty() {
                mutant[at].1 = damaged(&mutant[at].1, &mut chance);
            }
            let _ = read_or_reason(&packed(&mutant, CompressionMethod::Stored));
        }
    }
}

#[test]
fn every_format_bears_any_damage() {
    for (seed, extension) in (1..).zip(FORMATS) {
        let good = sample(extension);
        let mut chance = Chance(seed * 15_485_863);
        for _ in 0..MUTANTS {
            let _ = read_or_reason(&damaged(&good, &mut chance));
        }
    }
}

#[test]
fn a_changed_digit_is_never_another_number() {
    for (extension, name) in [("xlsx", "xl/worksheets/sheet1.xml"), ("ods", "content.xml")] {
        let parts = unpacked(&sample(extension));
        let stored = packed(&parts, CompressionMethod::Stored);
        let (_, content) = parts.iter().find(|(part, _)| part == name).unwrap();
        let start = stored.windows(content.len()).position(|window| window == content).unwrap();
        let digits = (0..content.len()).filter(|at| content[*at].is_ascii_digit());
        for at in digits.step_by(7) {
            let mut changed = stored.clone();
            changed[start + at] = b'0' + (content[at] - b'0' + 1) % 10;
            assert!(read_workbook(&changed).is_err(), "{extension}: a changed digit at {at} is believed");
        }
    }
}
