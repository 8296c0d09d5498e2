/* The store as a file: looked at before SQLite may touch it. Core alone; any thread, but
 * one at a time for a path. `path` is the name as given, for sentences; `real` is it
 * resolved. What is given is borrowed for the call; what a ret_ names is the caller's,
 * untouched on failure. "File errors" are BW_NOT_FOUND, BW_READ_ONLY, BW_FULL, BW_IO. */
#ifndef BW_CORE_STORE_FILE_H
#define BW_CORE_STORE_FILE_H

#include <brugwachter/error.h>
#include <limits.h>
#include <stdbool.h>

/* `path` with its folder resolved: then SQLite can be told to follow no link at all,
 * while a home that lies behind a link still works. BW_BAD_INPUT (a path that is empty or
 * too long), file errors. */
BW_NODISCARD enum bw_status bw_store_file_resolve(
    const char *path, char ret_real[PATH_MAX], struct bw_error *err);

/* S8 a store's file is opened by SQLite alone, and never but once in a process: any other
 * descriptor of it that is closed drops the POSIX locks that SQLite holds, and then a
 * program that leaves the store takes the write-ahead log away under this one.
 *
 * A regular file that is there and isn't empty, by lstat. BW_CORRUPT where it is none,
 * file errors. */
BW_NODISCARD enum bw_status bw_store_file_check(
    const char *path, const char *real, struct bw_error *err);

/* Nothing is there by this name, nor a left-over write-ahead log, which SQLite would take
 * for the new store's own. BW_REFUSED where something is, file errors. */
BW_NODISCARD enum bw_status bw_store_file_check_free(
    const char *path, const char *real, struct bw_error *err);

/* Makes an empty file beside `real` (mode 0600) and gives its name. File errors. */
BW_NODISCARD enum bw_status bw_store_file_draft(
    const char *path, const char *real, char ret_draft[PATH_MAX], struct bw_error *err);

/* Gives the finished draft its name, durably. BW_REFUSED where that was taken meanwhile,
 * file errors. */
BW_NODISCARD enum bw_status bw_store_file_publish(
    const char *path, const char *draft, const char *real, struct bw_error *err);

/* True where there's no write-ahead log with something in it. */
bool bw_store_file_is_settled(const char *real);

#endif
