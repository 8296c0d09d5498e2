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
    char *member; /* of an archive or workbook with several; NULL: the whole file */
    char *shown;  /* "forms.zip: Leerkring Zwolle.csv" */
};

/* Zeroed at first, but for the first two, which are borrowed. */
struct bw_import_list {
    const struct bw_office *office;
    const struct bw_import_request *request; /* its kind and session count here */
    struct bw_import_item *items;
    size_t count, capacity;
    char *
        passed[BW_IMPORT_PASSED_MAX]; /* of archives, what is no table; fit to be shown */
    size_t passed_count, passed_more; /* more: those beyond */
};

/* Adds what a path stands for, a folder's in the order of their names. A file that can't
 * be read is added as it is: its import says why. Registrations for which no session is
 * given: a workbook is each of its sheets that is a form, where two of them name a circle
 * of their own, as their title or in what stands above the heading. BW_BAD_INPUT: a
 * folder without a table, more than 1,000 files. BW_IO for a folder, BW_NO_MEMORY; what
 * the database answers. */
BW_NODISCARD enum bw_status bw_import_list_add(
    struct bw_import_list *list, const char *path, struct bw_error *err);
void bw_import_list_finish(struct bw_import_list *list);

#endif
