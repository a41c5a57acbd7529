//! Opening a store: brought up to its journal by whoever opens it, or, while somebody else is at that, as far as
//! graph and index have come.

use std::ops::ControlFlow;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::catalogue::Catalogue;
use super::catch_up;
use crate::store::{Access, FOR_A_CHANGE, Store, StoreError};

/// How often a reader looks whether there is something to read.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Opens a store and brings it up to its journal first, where something is missing.
///
/// Who opens it for reading while another process writes gets it as it was before; [`Store::unseen`] tells what
/// that leaves out.
///
/// # Errors
/// When the store cannot be opened or written; when another process writes, and what is to be read is not there yet.
pub fn open(path: &Path, access: Access) -> Result<Store, StoreError> {
    match access {
        Access::Read => open_to_read(path),
        Access::Write => up_to_date(Store::open(path, access)?),
    }
}

fn up_to_date(mut store: Store) -> Result<Store, StoreError> {
    if store.is_behind()? {
        let catalogue = Catalogue::of_journal(&store.journal)?;
        catch_up(&mut store, &catalogue, &|_| ControlFlow::Continue(()))?;
    }
    Ok(store)
}

fn open_to_read(path: &Path) -> Result<Store, StoreError> {
    let start = Instant::now();
    let mut hindrance = None;
    loop {
        let store = Store::open(path, Access::Read)?;
        if !store.is_behind()? {
            return Ok(store);
        }
        let writer = store.writer()?;
        if writer.is_none() && hindrance.is_none() {
            // A command that was broken off left it so.
            drop(store);
            match bring_up_to_date(path) {
                Err(error) if error.leaves_reading() => hindrance = Some(error),
                done => done?,
            }
        } else if store.can_answer()? {
            return store.until_derived(writer);
        } else if writer.is_some() && start.elapsed() < FOR_A_CHANGE {
            drop(store);
            sleep(LOOK_EVERY);
        } else {
            let holder = writer.unwrap_or_default();
            return Err(hindrance.unwrap_or(StoreError::Locked { holder }));
        }
    }
}

fn bring_up_to_date(path: &Path) -> Result<(), StoreError> {
    let mut store = Store::open(path, Access::Write)?;
    store.hurry();
    up_to_date(store).map(drop)
}
