use super::{DAY, HOUR, NOW};

/// SplitMix64 (Steele, Lea, Flood 2014): a small random number generator, so that a seed always gives the same case.
pub struct Rng(pub u64);

impl Rng {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.number() % end
    }

    pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize].clone()
    }

    pub fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }

    /// An instant some days from `NOW`, at a whole hour one millisecond from it, or ten minutes after it.
    pub fn instant(&mut self, from_days: i64, to_days: i64) -> i64 {
        let days = from_days + self.below((to_days - from_days + 1) as u64) as i64;
        let hours = self.pick(&[0, 0, 1, 2, 21, 22, 23]);
        NOW + days * DAY + hours * HOUR + self.pick(&[0, 0, 0, 1, -1, 600_000])
    }
}
