//! The tier of a customer: unknown, known or advocate. Good service earns it, an open case takes it away.

use super::Standing;
use crate::base::tree::Tree;
use crate::calendar::Instant;
use crate::language::words::Tier;
use crate::policy::Tiers;

impl Tiers {
    /// The tier, and until when it holds. A customer without an id or a ledger is unknown.
    pub fn of(&self, standing: &Standing) -> (Tier, Instant) {
        if !standing.recognised {
            return (Tier::Unknown, Instant::NEVER);
        }
        let (advocate, known) = (self.advocate.ask(standing), self.known.ask(standing));
        let tier = match (advocate.holds, known.holds) {
            (true, _) => Tier::Advocate,
            (_, true) => Tier::Known,
            _ => Tier::Unknown,
        };
        (tier, advocate.until.min(known.until))
    }

    /// The facts that made the tier.
    pub fn because(&self, standing: &Standing) -> Vec<Tree> {
        if !standing.recognised {
            return vec![Tree::from([("code", "not-recognised".into())])];
        }
        let condition = if standing.tier == Tier::Advocate { &self.advocate } else { &self.known };
        let mut because = Vec::new();
        condition.each_fact(&mut |path| {
            because.push(Tree::from([("fact", path.name().into()), ("value", standing.fact(path).tree.into_owned())]));
        });
        because
    }
}
