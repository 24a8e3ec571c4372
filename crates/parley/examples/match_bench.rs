//! `match_bench SOUGHT HELD THREADS`: one direction of private matching, timed, as one line of JSON.
//!
//! Processor time is that of the process in `/proc/self/stat` (clock ticks of 10 ms), wall time that of `/proc/uptime`.

use std::io::Write;
use std::time::Duration;

use parley::matching::Workers;
use parley::matching::bench::{Measured, Reading, measure};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = Vec::new();
    for argument in std::env::args().skip(1) {
        numbers.push(argument.parse::<u32>()?);
    }
    let [sought, held, threads] = numbers[..] else { return Err("match_bench SOUGHT HELD THREADS".into()) };
    let Measured { whole, unproved, proof, proof_rfc9497, bytes, hits } =
        measure(sought, held, Workers::new(threads as usize), &mut || clock().unwrap_or(ZERO))?;
    let seconds = |time: Duration| time.as_secs_f64();
    writeln!(
        std::io::stdout(),
        "{{\"sought\": {sought}, \"held\": {held}, \"threads\": {threads}, \"hits\": {hits}, \"bytes\": {bytes}, \
         \"cpu\": {:.2}, \"wall\": {:.2}, \"unproved\": {:.2}, \"proof\": {:.2}, \"proof_rfc9497\": {:.2}}}",
        seconds(whole.processor),
        seconds(whole.wall),
        seconds(unproved),
        seconds(proof),
        seconds(proof_rfc9497),
    )?;
    Ok(())
}

const ZERO: Reading = Reading { processor: Duration::ZERO, wall: Duration::ZERO };

fn clock() -> Option<Reading> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Behind the name, which may hold anything, stand the fields from the third on; 14 and 15 are user and system.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    let uptime = std::fs::read_to_string("/proc/uptime").ok()?;
    let wall = uptime.split(' ').next()?.parse().ok()?;
    Some(Reading { processor: Duration::from_millis(ticks * 10), wall: Duration::from_secs_f64(wall) })
}
