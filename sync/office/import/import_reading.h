/* How a file was read, for whoever looks before it goes in: which column is what and why,
 * how regions were written, whose form it is, its first rows. Part of import.h.
 *
 * Texts come from the file: whoever shows one escapes it, and defuses it (text.h).
 * One thread. */
#ifndef BW_SYNC_IMPORT_READING_H
#define BW_SYNC_IMPORT_READING_H

#include <brugwachter/limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    BW_IMPORT_READ_COLUMNS_MAX = 60,
    BW_IMPORT_READ_FIELDS_MAX = 24,
    BW_IMPORT_READ_REGIONS_MAX = 30,
    BW_IMPORT_READ_SPELLINGS_MAX = 60,
    BW_IMPORT_READ_ROWS_MAX = 3,
};

/* Why a column is what it is read as. */
enum bw_import_column_by {
    BW_IMPORT_BY_NOTHING, /* it isn't read */
    BW_IMPORT_BY_NEAR,    /* it isn't read either, and looks like that field */
    BW_IMPORT_BY_HEADING,
    BW_IMPORT_BY_LEARNED, /* as was said of a file before */
    BW_IMPORT_BY_REQUEST, /* its maps say so */
    BW_IMPORT_BY_FILLING, /* a second one of the field: read where the first is blank */
};

struct bw_import_read_column {
    enum bw_import_column_by by;
    char *heading; /* as --map takes it; owned */
    char *sample;  /* what stands in its first rows; owned */
    int field;     /* among the fields; -1: none */
};

/* Static. */
struct bw_import_read_field {
    const char *name, *shown; /* school, School */
};

/* A spelling of a region, of so many rows. */
struct bw_import_read_spelling {
    char *written, *means; /* owned; equal where it is the region's own name */
    bool told;             /* by an alias, now or before: it may be said otherwise */
    int64_t rows;
};

/* How it is known whose form it is. */
enum bw_import_circle_by {
    BW_IMPORT_CIRCLE_UNKNOWN, /* it isn't, or files of this kind are of no circle */
    BW_IMPORT_CIRCLE_REQUEST, /* somebody chose it */
    BW_IMPORT_CIRCLE_NAME,    /* of the file, the sheet, the archive's member */
    BW_IMPORT_CIRCLE_TITLE,   /* what stands above the headings */
    BW_IMPORT_CIRCLE_ROWS,    /* each names its own */
};

/* code "": none. */
struct bw_import_read_circle {
    char code[BW_LABEL_BYTES], title[BW_TITLE_BYTES];
};

/* Whose form it is taken for, and what speaks for it or against it. */
struct bw_import_read_circles {
    enum bw_import_circle_by by;
    struct bw_import_read_circle taken;
    struct bw_import_read_circle named;  /* by the file's name, or: */
    bool by_title;                       /* … by what stands above the headings */
    bool waitlist;                       /* it is called the waiting list's */
    size_t rows_here, rows_other;        /* whose column Leerkring names it, and others */
    struct bw_import_read_circle likely; /* another one that it looks like */
    size_t looked;          /* at so many of its people, 200 at most, of whom */
    size_t here, elsewhere; /* … are known there; or in other circles alone, and */
    size_t most;            /* so many of those in one */
    struct bw_import_read_circle most_in;
    size_t own_region, other_region; /* people of the circle's region, and of others */
    char region[BW_NAME_BYTES];      /* the circle's */
};

/* A row that goes in, as it is read. */
struct bw_import_read_row {
    int32_t line;
    int64_t at_ms;               /* of the sign-up, UTC */
    char *who, *school, *region; /* owned */
};

/* Zeroed is empty: nothing was read yet. */
struct bw_import_reading {
    struct bw_import_read_column columns[BW_IMPORT_READ_COLUMNS_MAX];
    int columns_count, columns_more; /* more: those beyond */
    struct bw_import_read_field fields[BW_IMPORT_READ_FIELDS_MAX]; /* that there are */
    int fields_count;
    /* of forms: */
    struct bw_import_read_spelling spellings[BW_IMPORT_READ_SPELLINGS_MAX];
    int spellings_count;
    int64_t spellings_more_rows; /* whose spelling is one beyond those */
    char regions[BW_IMPORT_READ_REGIONS_MAX][BW_NAME_BYTES]; /* that there are */
    int regions_count;
    struct bw_import_read_circles circle;
    struct bw_import_read_row rows[BW_IMPORT_READ_ROWS_MAX];
    int rows_count;
};

/* NULL and a zeroed one are fine. */
void bw_import_reading_finish(struct bw_import_reading *reading);

/* "heading" and so on; "request", "name" …: for programs. Static, never NULL. */
const char *bw_import_column_by_name(enum bw_import_column_by by);
const char *bw_import_circle_by_name(enum bw_import_circle_by by);

#ifdef __cplusplus
}
#endif

#endif
