/* The files that `import` is given: a folder is the tables that lie in it, and an archive
 * with several of them is each of these. One thread. */
#ifndef BW_SYNC_IMPORT_LIST_H
#define BW_SYNC_IMPORT_LIST_H

#include <brugwachter/error.h>
#include <stddef.h>

enum { BW_IMPORT_FILES_MAX = 1000 };

struct bw_import_item {
    char *path;
    char *member; /* of an archive with several; NULL: the whole file */
    char *shown;  /* "forms.zip: Leerkring Zwolle.csv" */
};

/* Zeroed at first. */
struct bw_import_list {
    struct bw_import_item *items;
    size_t count, capacity;
};

/* Adds what a path stands for, a folder's in the order of their names. A file that can't
 * be read is added as it is: its import says why. BW_BAD_INPUT: a folder without a table,
 * more than 1,000 files. BW_IO for a folder, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_import_list_add(
    struct bw_import_list *list, const char *path, struct bw_error *err);
void bw_import_list_finish(struct bw_import_list *list);

#endif
