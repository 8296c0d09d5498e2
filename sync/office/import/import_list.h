/* The files that `import` is given: a folder is the tables that lie in it, and an archive
 * with several of them is each of these; so is a workbook whose sheets are the forms of
 * several circles. One thread. */
#ifndef BW_SYNC_IMPORT_LIST_H
#define BW_SYNC_IMPORT_LIST_H

#include "office/import/import.h"

#include <stddef.h>

enum { BW_IMPORT_FILES_MAX = 1000, BW_IMPORT_PASSED_MAX = 20 };

struct bw_import_item {
    char *path;
    char *member; /* as bw_import_request has it; NULL: the whole file */
    char *shown;  /* "forms.zip: Leerkring Zwolle.csv" */
};

/* Beside the tables. Both are fit to be shown; owned, but for `why`, which is static. */
struct bw_import_passed {
    char *name;
    const char *why; /* what it is and what to do; NULL: no table */
};

/* Zeroed at first, but for the first three; the first two are borrowed. */
struct bw_import_list {
    const struct bw_office *office;
    const struct bw_import_request *request; /* its kind and session count here */
    bool asks; /* somebody says of each sheet which circle it is of, where it doesn't */
    struct bw_import_item *items;
    size_t count, capacity;
    struct bw_import_passed passed[BW_IMPORT_PASSED_MAX]; /* of archives and folders */
    size_t passed_count, passed_more;                     /* more: those beyond */
};

/* Adds what a path stands for, a folder's in the order of their names. A file that can't
 * be read is added as it is: its import says why. Registrations for which no session is
 * given: a workbook, in an archive too, is each of its sheets that is a form, where two
 * of them name a circle of their own, as their title or in what stands above the heading,
 * or the rows of each do; or nothing else tells, and it `asks`. BW_BAD_INPUT: a folder
 * without a table, more than 1,000 files, a second one where one is all
 * (bw_import_is_whole), more in an archive than bw_table_file_limit has. BW_IO for a
 * folder, BW_NO_MEMORY; what the database answers. */
BW_NODISCARD enum bw_status bw_import_list_add(
    struct bw_import_list *list, const char *path, struct bw_error *err);
void bw_import_list_finish(struct bw_import_list *list);

#endif
