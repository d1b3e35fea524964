//! Pseudo-random numbers that are the same on every machine (SplitMix64: Steele, Lea, Flood 2014).
//!
//! It uses no floats, because their functions may differ in the last bit between platforms.

/// A pseudo-random number generator.
pub struct Random {
    state: u64,
}

impl Random {
    /// Creates the generator for the item with this index; each item has its own sequence.
    pub fn new(seed: u64, index: usize) -> Self {
        let mut seeder = Self { state: seed };
        Self { state: seeder.next() ^ (index as u64).wrapping_mul(0xD1B5_4A32_D192_ED03) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()).cast_signed()
    }

    /// Returns a number around `mean`: most are within `spread` of it, none is further than four times `spread`.
    pub fn around(&mut self, mean: i64, spread: i64) -> i64 {
        // The sum of four uniform numbers from 0 to 1,000 has the mean 2,000 and the standard deviation 577.
        let sum: i64 = (0..4).map(|_| self.between(0, 1_000)).sum();
        mean + (sum - 2_000) * spread / 577
    }

    /// Returns `true` with a probability of `share` in a thousand.
    pub fn happens(&mut self, share: i64) -> bool {
        self.between(1, 1_000) <= share
    }

    /// Returns a random item of a list.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.next() as usize % list.len()]
    }
}
