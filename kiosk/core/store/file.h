/* The store as a file: looked at before SQLite may touch it. Core alone. */
#ifndef BW_CORE_STORE_FILE_H
#define BW_CORE_STORE_FILE_H

#include <brugwachter/error.h>
#include <limits.h>
#include <stdbool.h>

/* `path` with its folder resolved: then SQLite can be told to follow no link at all,
 * while a home that lies behind a link still works. */
BW_NODISCARD enum bw_status bw_store_file_resolve(
    const char *path, char ret_real[PATH_MAX], struct bw_error *err);

/* S8 a store's file is opened by SQLite alone, and never but once in a process: any other
 * descriptor of it that is closed drops the POSIX locks that SQLite holds, and then a
 * program that leaves the store takes the write-ahead log away under this one.
 *
 * A regular file that is there and isn't empty, by lstat; else a sentence. */
BW_NODISCARD enum bw_status bw_store_file_check(
    const char *path, const char *real, struct bw_error *err);

/* Nothing is there by this name, nor a left-over write-ahead log, which SQLite would take
 * for the new store's own. */
BW_NODISCARD enum bw_status bw_store_file_check_free(
    const char *path, const char *real, struct bw_error *err);

/* Makes an empty file beside `real` (mode 0600) and gives its name. */
BW_NODISCARD enum bw_status bw_store_file_draft(
    const char *path, const char *real, char ret_draft[PATH_MAX], struct bw_error *err);

/* Gives the finished draft its name, durably, unless that was taken meanwhile. */
BW_NODISCARD enum bw_status bw_store_file_publish(
    const char *path, const char *draft, const char *real, struct bw_error *err);

/* There's no write-ahead log with something in it. */
bool bw_store_file_is_settled(const char *real);

#endif
