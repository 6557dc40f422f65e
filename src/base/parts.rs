//! The parts of the engine that a build may lack. A value of a policy that needs a part says so in its type: `Campaign::relevance` is a
//! `Part<Relevance, Relevances>`, and a variant of an enum has the part as a field. In a build without the part there is never such a value,
//! which the compiler knows, so it leaves out every rule that would use one. No rule says so itself; and what a policy needs is what is
//! written of it.

#[cfg(feature = "whole")]
use crate::base::compiled::Writer;
use crate::base::compiled::{Compiled, Reader};
use std::marker::PhantomData;

macro_rules! parts {
    ($($type:ident $name:literal in $build:literal, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            #[cfg(feature = $build)]
            #[derive(Clone, Copy, Debug, PartialEq)]
            pub(crate) struct $type;

            #[doc = $doc]
            #[cfg(not(feature = $build))]
            #[derive(Clone, Copy, Debug, PartialEq)]
            pub(crate) enum $type {}

            impl $type {
                /// What a reader of JSON policies writes. In a build without the part nothing is read from JSON.
                #[cfg(feature = $build)]
                pub fn here() -> $type {
                    $type
                }

                #[cfg(not(feature = $build))]
                pub fn here() -> $type {
                    std::process::abort()
                }
            }

            impl Compiled for $type {
                const EXISTS: bool = cfg!(feature = $build);

                #[cfg(feature = "whole")]
                fn need(out: &mut Writer) {
                    if !out.needs.contains(&$name) {
                        out.needs.push($name);
                    }
                }

                #[cfg(feature = "whole")]
                fn write(&self, out: &mut Writer) {
                    $type::need(out);
                }

                fn read(_: &mut Reader) -> $type {
                    $type::here()
                }
            }
        )*

        /// The name of each part, the builds that have it, and what it is. None is ever renamed: published policies name them.
        #[cfg(not(target_family = "wasm"))]
        pub(crate) const PARTS: &[(&str, &str, &str)] = &[$(($name, $build, $doc)),*];
    };
}

parts! {
    Conditions "conditions" in "page", "audiences, segments, tiers, and limits for some customers";
    FactTexts "facts" in "page", "messages that insert a fact, as `{orders.count}`";
    Catalogue "catalogue" in "page", "claims, suggestions, prices and articles in messages, free shipping, offers for one article";
    Kinds "kinds" in "page", "kinds of campaign other than `thankYou`, `birthday` and `announcement`";
    Digests "digest" in "page", "campaigns that become parts of another contact";
    Substitutes "substitute" in "page", "campaigns that are used while another is refused";
    Cares "care" in "page", "customer care that holds promotions";
    Calms "calm" in "page", "pauses after a purchase and between promotions";
    PhaseRules "phases" in "page", "campaigns for some phases of a customer";
    Relevances "relevance" in "page", "campaigns for customers who care for a topic";
    Holdouts "holdout" in "page", "customers who get no campaigns";
    Again "again" in "page", "offers that a customer gets again only after some time";
    Spending "spending" in "whole", "offers with a budget or a share of the margin";
    Draws "draw" in "whole", "campaigns for customers who are drawn";
}

/// The builds that have the parts of `page`.
pub(crate) const IN_PAGE: bool = cfg!(feature = "page");
/// The builds that have every part.
pub(crate) const IN_WHOLE: bool = cfg!(feature = "whole");

/// What only the rules of some parts ask of a request: read where the build has them.
#[inline(always)]
pub(crate) fn read_where<T: Default>(build_has_them: bool, read: impl FnOnce() -> T) -> T {
    if build_has_them { read() } else { T::default() }
}

/// A value that a policy may have where the build has a part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<T, P>(Option<T>, PhantomData<P>);

impl<T, P: Compiled> Part<T, P> {
    /// The value. In a build without the part this is none at compile time, so that nothing remains of what would follow.
    #[inline(always)]
    pub fn get(&self) -> Option<&T> {
        if P::EXISTS { self.0.as_ref() } else { None }
    }
}

impl<T, P> From<Option<T>> for Part<T, P> {
    fn from(value: Option<T>) -> Part<T, P> {
        Part(value, PhantomData)
    }
}

impl<T: Default, P> Part<T, P> {
    /// The value, to be added to.
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Compiled, P: Compiled> Compiled for Part<T, P> {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        if self.0.is_some() {
            P::need(out);
        }
        self.0.write(out);
    }

    fn read(input: &mut Reader) -> Part<T, P> {
        let is_there = bool::read(input);
        if is_there && !P::EXISTS {
            input.fail();
        }
        (is_there && P::EXISTS).then(|| T::read(input)).into()
    }
}
