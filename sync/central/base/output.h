/* Files that the sync tool writes: whole or not at all.
 *
 * A file is written beside its place under a temporary name (.brugwachter-XXXXXX), synced
 * and renamed, so that a reader, a full disk or a power cut never meets half of one.
 *
 * O1 what is being written is locked (flock) until its temporary name is gone; so a
 *    temporary name that nobody holds is of a writer that was killed, and is swept away
 *    by the next who writes there.
 *
 * One thread. */
#ifndef BW_SYNC_OUTPUT_H
#define BW_SYNC_OUTPUT_H

#include <brugwachter/error.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/* As mkstemp takes it. */
#define BW_OUTPUT_TEMP ".brugwachter-XXXXXX"

struct bw_output {
    FILE *file; /* write here; errors are gathered at commit */
    char path[PATH_MAX];
    char temp[PATH_MAX];
    bool loose; /* set after opening: not synced; for what can be made again */
    bool fresh; /* set after opening: refused where the name is taken by then */
};

/* Makes a folder, its parents too; one that is there is fine, and is swept. BW_BAD_INPUT,
 * BW_REFUSED where a file has the name, BW_FULL, BW_READ_ONLY, BW_IO. */
BW_NODISCARD enum bw_status bw_folder_make(const char *path, struct bw_error *err);

/* `folder` and `name` joined into room of PATH_MAX. BW_BAD_INPUT where it doesn't fit. */
BW_NODISCARD enum bw_status bw_path_join(
    const char *folder, const char *name, char ret_path[PATH_MAX], struct bw_error *err);

/* Where `way` leads to from the program's own folder, in room of PATH_MAX; "" where that
 * isn't known or doesn't fit. Nothing needs to be there. */
void bw_path_beside(const char *way, char ret_path[PATH_MAX]);

/* Takes away what writers of this user that were killed left in a folder (O1); what can't
 * be taken away stays. */
void bw_output_sweep(const char *folder);
/* In the folder that a file lies in, or is to lie in. */
void bw_output_sweep_beside(const char *path);

/* Makes the temporary file; `mode` less the umask is the file's. The caller finishes
 * *ret_output, committed or not. BW_BAD_INPUT for a name
 * that is too long, BW_REFUSED where something that is no file has it, BW_NOT_FOUND,
 * BW_FULL, BW_READ_ONLY, BW_IO. */
BW_NODISCARD enum bw_status bw_output_open(
    const char *path, mode_t mode, struct bw_output *ret_output, struct bw_error *err);
/* Syncs and renames. On failure (BW_FULL, BW_READ_ONLY, BW_IO; BW_REFUSED for a fresh
 * one) the temporary file is gone, what was there before stays. */
BW_NODISCARD enum bw_status bw_output_commit(
    struct bw_output *output, struct bw_error *err);
/* Gives a file that is whole and synced the name `path`, on the same disk, never over
 * what is there. BW_REFUSED where the name is taken; BW_FULL, BW_READ_ONLY, BW_IO:
 * nothing has the name then. */
BW_NODISCARD enum bw_status bw_output_place_fresh(
    const char *temp, const char *path, struct bw_error *err);
/* The sentence of errno: "doing path: why; advice". Returns its status: BW_NOT_FOUND,
 * BW_FULL, BW_READ_ONLY, BW_IO. */
enum bw_status bw_output_fault(
    struct bw_error *err, const char *doing, const char *path, const char *advice);
/* Drops what was not committed. Zeroed, committed and discarded ones are fine. */
void bw_output_finish(struct bw_output *output);

/* Writes `length` bytes as one file. The errors of both. */
BW_NODISCARD enum bw_status bw_output_bytes(const char *path, mode_t mode,
    const void *bytes, size_t length, struct bw_error *err);

/* Reads a whole file of at most `bytes_max` bytes; a NUL follows that isn't counted. The
 * caller frees. `-` is standard input. BW_NOT_FOUND, BW_BAD_INPUT where it is
 * larger, BW_IO, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_file_read(const char *path, size_t bytes_max,
    unsigned char **ret_bytes, size_t *ret_length, struct bw_error *err);

/* One CSV cell for Excel: quoted where needed, an apostrophe before = + - @. */
void bw_csv_cell(FILE *file, const char *text);
/* Several cells and the end of the line. The list ends with NULL. */
void bw_csv_row(FILE *file, const char *first, ...) __attribute__((sentinel));

/* What a cell says to Excel: `text` itself, or `'text`, cut where it doesn't fit, in the
 * caller's room of room_bytes. */
const char *bw_excel_safe(const char *text, char *room, size_t room_bytes);

/* Text inside HTML or SVG, attributes too. */
void bw_html_text(FILE *file, const char *text);
/* The first `length` bytes of a text alone, which has as many. */
void bw_html_part(FILE *file, const char *text, size_t length);

#endif
