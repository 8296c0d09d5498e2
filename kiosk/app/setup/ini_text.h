/* A settings file as a text: some lines are set by name, all others, comments too, stay
 * as somebody wrote them. What is a section, a setting and a comment is as inih reads it
 * (brugwachter.ini(5)). One thread. */
#ifndef BW_APP_INI_TEXT_H
#define BW_APP_INI_TEXT_H

#include <brugwachter/error.h>
#include <stdbool.h>
#include <stddef.h>

/* The longest value, with its NUL: inih reads lines of 200 bytes. */
enum { BW_INI_VALUE_BYTES = 128 };

/* Zeroed: an empty file. */
struct bw_ini_text {
    char *bytes; /* owned; no NUL at its end; NULL: none */
    size_t count;
};

/* Reads a file of at most 64 KiB; one that isn't there is empty, and no error. The caller
 * finishes *ini, which has to be zeroed. BW_BAD_INPUT: too large, or no file; BW_IO,
 * BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_ini_text_read(
    struct bw_ini_text *ini, const char *path, struct bw_error *err);

/* Copies the value of the first setting of that name in such a section, without blanks
 * around it. False where there is none, or it is longer than BW_INI_VALUE_BYTES;
 * ret_value is empty then. */
bool bw_ini_text_get(const struct bw_ini_text *ini, const char *section, const char *name,
    char ret_value[BW_INI_VALUE_BYTES]);

/* Whether the value comes out of a file as it went in: short, without control characters,
 * blanks around it, or what begins a comment. */
bool bw_ini_value_fits(const char *value);

/* Whether bw_ini_text_write would be let into the folder of `path`, made or not: to know
 * before all is asked. BW_READ_ONLY, BW_IO: not, and why. */
BW_NODISCARD enum bw_status bw_ini_text_may_write(const char *path, struct bw_error *err);

/* Sets a name to a value that fits (asserted): in the line where it stands, lines that go
 * on with it included, else at the end of its section, else in a new section at the end.
 * NULL takes its lines out. BW_NO_MEMORY: the text isn't to be written. */
BW_NODISCARD enum bw_status bw_ini_text_set(struct bw_ini_text *ini, const char *section,
    const char *name, const char *value, struct bw_error *err);

/* Writes the file anew (mode 0644), durably and whole or not at all, in a folder that is
 * made where only it is missing. BW_READ_ONLY, BW_FULL, BW_IO, with a sentence;
 * BW_BAD_INPUT: the path is too long. */
BW_NODISCARD enum bw_status bw_ini_text_write(
    const struct bw_ini_text *ini, const char *path, struct bw_error *err);

/* Frees the text. A zeroed one is fine. */
void bw_ini_text_finish(struct bw_ini_text *ini);

#endif
