//! What may be shown. The only place that turns figures into released ones.

mod policy;
mod release;
mod shown;
mod status;

pub use policy::Policy;
pub use release::{Release, Released, release};
pub use shown::Shown;
pub use status::Status;
