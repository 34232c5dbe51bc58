//! Reads every record of a CSV and does nothing with it: what `benches/tally` holds the tally against.

use std::error::Error;

use csv::{ByteRecord, ReaderBuilder};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: csv_loop FILE")?;
    let mut reader = ReaderBuilder::new().from_path(file)?;
    let mut record = ByteRecord::new();
    let (mut records, mut cells) = (0_u64, 0);
    while reader.read_byte_record(&mut record)? {
        records += 1;
        cells += record.len();
    }
    println!("{records} records, {cells} cells");
    Ok(())
}
