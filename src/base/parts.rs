//! The parts of the engine that a build may lack. A value of a policy that needs a part says so in its type: `Campaign::relevance` is a
//! `Part<Relevance, Relevances>`, and a variant of an enum has the part as a field. In a build without the part there is never such a value,
//! which the compiler knows, so it leaves out every rule that would use one. No rule says so itself; and what a policy needs is what is
//! written of it.

#[cfg(feature = "whole")]
use crate::base::compiled::Writer;
use crate::base::compiled::{Compiled, Reader};
use crate::base::tree::Tree;
#[cfg(not(feature = "whole"))]
use std::convert::Infallible;

/// Says of a type which builds keep what it stands for.
pub(crate) trait InBuild {
    /// A value where it is kept. Elsewhere there is none, so a build has no code that would copy or free one.
    type Kept<T>;

    fn keep<T>(read: impl FnOnce() -> Option<T>) -> Option<Self::Kept<T>>;
    fn kept<T>(kept: &Self::Kept<T>) -> &T;
    fn kept_mut<T>(kept: &mut Self::Kept<T>) -> &mut T;
}

macro_rules! in_build {
    ($type:ident in $build:literal) => {
        #[cfg(feature = $build)]
        impl InBuild for $type {
            type Kept<T> = T;

            #[inline(always)]
            fn keep<T>(read: impl FnOnce() -> Option<T>) -> Option<T> {
                read()
            }

            #[inline(always)]
            fn kept<T>(kept: &T) -> &T {
                kept
            }

            #[inline(always)]
            fn kept_mut<T>(kept: &mut T) -> &mut T {
                kept
            }
        }

        #[cfg(not(feature = $build))]
        impl InBuild for $type {
            type Kept<T> = Infallible;

            #[inline(always)]
            fn keep<T>(_: impl FnOnce() -> Option<T>) -> Option<Infallible> {
                None
            }

            #[inline(always)]
            fn kept<T>(kept: &Infallible) -> &T {
                match *kept {}
            }

            #[inline(always)]
            fn kept_mut<T>(kept: &mut Infallible) -> &mut T {
                match *kept {}
            }
        }
    };
}

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

            in_build!($type in $build);

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

/// What only rules of the build `page` ask of a request: `Part<Cart, ForPage>`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ForPage;
in_build!(ForPage in "page");

/// What only rules of the whole ask of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ForWhole;
in_build!(ForWhole in "whole");

/// A value that there may be where the build has a part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<T, P: InBuild>(Option<P::Kept<T>>);

impl<T, P: InBuild> Part<T, P> {
    /// Reads a value where the build has the part.
    #[inline(always)]
    pub fn read(read: impl FnOnce() -> Option<T>) -> Part<T, P> {
        Part(P::keep(read))
    }

    /// The value. In a build without the part this is none at compile time, so that nothing remains of what would follow.
    #[inline(always)]
    pub fn get(&self) -> Option<&T> {
        self.0.as_ref().map(P::kept)
    }

    /// The value, to be added to; none in a build without the part.
    pub fn get_mut(&mut self) -> Option<&mut T>
    where
        T: Default,
    {
        if self.0.is_none() {
            *self = Part::read(|| Some(T::default()));
        }
        self.0.as_mut().map(P::kept_mut)
    }
}

impl<T, P: InBuild> Default for Part<T, P> {
    fn default() -> Part<T, P> {
        Part(None)
    }
}

impl<T, P: InBuild> From<Option<T>> for Part<T, P> {
    fn from(value: Option<T>) -> Part<T, P> {
        Part::read(|| value)
    }
}

impl<T: Compiled, P: Compiled + InBuild> Compiled for Part<T, P> {
    #[cfg(feature = "whole")]
    fn write(&self, out: &mut Writer) {
        if self.get().is_some() {
            P::need(out);
        }
        self.get().is_some().write(out);
        self.get().iter().for_each(|value| value.write(out));
    }

    fn read(input: &mut Reader) -> Part<T, P> {
        let is_there = bool::read(input);
        if is_there && !P::EXISTS {
            input.fail();
        }
        Part::read(|| is_there.then(|| T::read(input)))
    }
}

/// Of a list that a build may lack, what there is.
impl<T, P: InBuild> Part<Vec<T>, P> {
    #[inline(always)]
    pub fn list(&self) -> &[T] {
        self.get().map_or(&[], Vec::as_slice)
    }
}

/// Of free data that a build may lack, what there is.
impl<P: InBuild> Part<Tree, P> {
    #[inline(always)]
    pub fn tree(&self) -> &Tree {
        self.get().unwrap_or(&Tree::Null)
    }
}
