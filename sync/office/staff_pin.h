/* The staff PIN: six digits in a file, kept as an argon2id hash alone. One thread. */
#ifndef BW_SYNC_STAFF_PIN_H
#define BW_SYNC_STAFF_PIN_H

#include <brugwachter/enrolment.h>
#include <brugwachter/error.h>
#include <stdbool.h>

enum { BW_STAFF_PIN_DIGITS = 6 };

/* Whether a text is one: so many digits, and nothing else. */
bool bw_staff_pin_fits(const char *text);

/* Whether one that fits is guessed early: fewer than four different digits (so whatever
 * repeats itself), four in a row that rise or fall by one, or a day of a year, as people
 * write their birthday (170394, 940317). */
bool bw_staff_pin_is_weak(const char *pin);

/* One that nobody chose, and that isn't weak: all others are as likely.
 * bw_core_init first. Can't fail. */
void bw_staff_pin_make(char ret_pin[BW_STAFF_PIN_DIGITS + 1]);

/* What one guess costs (argon2id, RFC 9106): 0.3 s of a PC's core as measured, so more
 * than 250 ms of a Raspberry Pi's; and memory that the smallest of these has. */
enum { BW_STAFF_PIN_PASSES = 6, BW_STAFF_PIN_BYTES = 64 * 1024 * 1024 };

/* Hashes a PIN that fits. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_staff_pin_hash_text(
    const char *pin, char ret_hash[BW_PIN_HASH_BYTES], struct bw_error *err);

/* Hashes the PIN in file `path`; without one (NULL) *ret_hash stays as it is.
 * BW_BAD_INPUT where the file holds anything but six digits and an end of line;
 * the errors of bw_file_read, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_staff_pin_hash(
    const char *path, char ret_hash[BW_PIN_HASH_BYTES], struct bw_error *err);

#endif
