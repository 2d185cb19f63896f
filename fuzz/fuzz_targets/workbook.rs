#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| healthcheck_fuzz::run("workbook", bytes));
