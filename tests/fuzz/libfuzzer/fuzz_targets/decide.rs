#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| querencia_fuzz::decide(bytes));
