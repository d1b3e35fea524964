//! Every output and every answer fails in turn, and all others are whole.

use super::NoEarlierFiles;
use super::xlsx::sample;
use super::*;
use crate::compose;
use std::sync::LazyLock;
use tonghop_core::diag::Code;
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::Passage;

const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// The data of a product.
struct Sample {
    config: Config,
    report: Report,
    document: Document,
    traces: Traces,
    rows: RecognisedRows,
    row_changes: RowChanges,
    inputs: InputHashes,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(|| {
    let (config, mut report) = (sample::config(), sample::report());
    report.overview = Vec::<Passage>::new();
    report.sectors.iter_mut().for_each(|sector| sector.passages.clear());
    let (document, traces, _) = compose::compose(&report, &config);
    let (rows, row_changes, inputs) = Default::default();
    Sample { config, report, document, traces, rows, row_changes, inputs }
});

fn product() -> Product<'static> {
    let Sample { config, report, document, traces, rows, row_changes, inputs } = &*SAMPLE;
    Product {
        report,
        document,
        traces,
        rows,
        row_changes,
        config,
        diagnostics: &[],
        explained: &[],
        inputs,
        books: &[],
        summaries: &[],
        options: OutputOptions::default(),
        office_template: None,
        gaps: &[],
        earlier: &NoEarlierFiles,
    }
}

/// A render function that fails.
type Failure = fn() -> Vec<RenderedFile>;

/// Returns the ways in which an output can fail.
fn failures() -> [(&'static str, Failure); 2] {
    [
        ("error", || vec![rendered("lost".to_owned(), || Err(WriteError::Bug("out of rows".to_owned())))]),
        ("panic", || panic!("out of rows")),
    ]
}

#[test]
fn every_output_fails_in_turn_and_all_others_are_whole() {
    let product = product();
    let whole = render(&product, ONE).unwrap();
    assert!(whole.lost.is_empty(), "{:?}", whole.lost);
    let count = jobs(&product).len();
    assert!(count > WRITERS.len() + 1, "the answers to departments are outputs too");
    for lost in 0..count {
        for (way, failure) in failures() {
            let mut jobs = jobs(&product);
            let own = (jobs[lost].render)();
            let own: Vec<&str> = own.iter().map(|file| file.as_ref().map_or("", |file| file.name.as_str())).collect();
            jobs[lost].render = Box::new(failure);
            let name = jobs[lost].name.clone();
            let done = render_jobs(&product, jobs, NonZeroUsize::new(3).unwrap()).unwrap();
            let expected =
                whole.files.iter().filter(|file| !own.contains(&file.name.as_str()) && file.name != MANIFEST);
            let found = done.files.iter().filter(|file| file.name != MANIFEST);
            assert!(expected.eq(found), "{name}, {way}");
            let [problem] = done.lost.as_slice() else { panic!("{name}: {:?}", done.lost) };
            if way == "panic" {
                assert_eq!(problem.name, name);
            }
            let diagnostic = problem.diagnostic();
            assert_eq!(diagnostic.code, Code::OutputLost);
            assert!(diagnostic.message.vietnamese().contains("out of rows"), "{diagnostic:?}");
            let manifest = done.files.last().filter(|file| file.name == MANIFEST).unwrap();
            assert!(String::from_utf8_lossy(&manifest.bytes).contains("output-lost"), "{name}");
        }
    }
}

#[test]
fn an_answer_that_fails_leaves_the_letter_of_its_department() {
    let files =
        [rendered("a.xlsx".to_owned(), || panic!("bug")), rendered("a.txt".to_owned(), || Ok(b"whole".to_vec()))];
    assert!(files[0].as_ref().is_err_and(|lost| lost.name == "a.xlsx"));
    assert!(files[1].as_ref().is_ok_and(|file| file.bytes == b"whole"));
}

#[test]
fn answers_that_cannot_be_begun_are_named_by_their_folder() {
    let done = render_all(folder_jobs("phan-hoi", || panic!("bug")), ONE);
    let [lost] = done.lost.as_slice() else { panic!("{:?}", done.lost) };
    assert_eq!(lost.diagnostic().places[0].to_string(), "phan-hoi");
}
