//! The records of what runs wrote, in the manifest and in the journal.
//!
//! Input: these files. Output: the hashes of earlier outputs by file, and the manifest of a run that could not replace
//! all files. Not here: when they are written.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::model::hash::ContentHash;

/// The key of the outputs in both files.
const OUTPUTS: &str = "outputs";

/// A file with its hash, as recorded in the manifest or the journal.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct RecordedOutput {
    pub(super) file: String,
    pub(super) sha256: ContentHash,
}

/// The content of a manifest or a journal that a commit needs.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct RecordedOutputs {
    pub(super) outputs: Vec<RecordedOutput>,
}

/// The hashes of what earlier runs wrote, by file.
#[derive(Default)]
pub(super) struct PreviousOutputs(BTreeMap<String, BTreeSet<ContentHash>>);

impl PreviousOutputs {
    /// Adds what a manifest or a journal records; nothing if it is neither.
    pub(super) fn add(&mut self, content: &[u8]) {
        for RecordedOutput { file, sha256 } in
            serde_json::from_slice::<RecordedOutputs>(content).unwrap_or_default().outputs
        {
            self.0.entry(file).or_default().insert(sha256);
        }
    }

    /// Returns whether an earlier run wrote these bytes under this name.
    pub(super) fn contains(&self, name: &str, bytes: &[u8]) -> bool {
        self.0.get(name).is_some_and(|hashes| hashes.contains(&ContentHash::compute(bytes)))
    }

    /// Iterates over the names of the files.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Iterates over the records of all files.
    pub(super) fn records(&self) -> impl Iterator<Item = RecordedOutput> {
        let of_file = |(file, hashes): (&String, &BTreeSet<ContentHash>)| -> Vec<RecordedOutput> {
            let record = |sha256: &ContentHash| RecordedOutput { file: file.clone(), sha256: sha256.clone() };
            hashes.iter().map(record).collect()
        };
        self.0.iter().flat_map(of_file)
    }
}

/// Returns a manifest in which the outputs are those in place: the records of the files in `held` are replaced.
pub(super) fn with_held_files(
    manifest: &[u8],
    held: &BTreeSet<&str>,
    in_place: impl Iterator<Item = RecordedOutput>,
) -> serde_json::Result<Vec<u8>> {
    let mut content: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(manifest)?;
    let outputs = content.entry(OUTPUTS).or_insert_with(|| serde_json::Value::Array(Vec::new()));
    if let Some(outputs) = outputs.as_array_mut() {
        outputs.retain(|output| !output["file"].as_str().is_some_and(|file| held.contains(file)));
        for record in in_place {
            outputs.push(serde_json::to_value(record)?);
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&content)?;
    bytes.push(b'\n');
    Ok(bytes)
}
