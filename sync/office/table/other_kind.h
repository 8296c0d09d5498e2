/* Files that people take for a CSV or XLSX and that are something else: what, and what to
 * do. Any thread; can't fail. */
#ifndef BW_SYNC_OTHER_KIND_H
#define BW_SYNC_OTHER_KIND_H

#include "office/table/archive.h"

/* "it is an old Excel workbook (.xls): …": what bytes are, and what to do; NULL where
 * they may be a text. Static: nobody frees it. */
const char *bw_table_file_other(const unsigned char *bytes, size_t length);

/* The same of an archive; NULL where it may be a workbook, or hold tables. */
const char *bw_table_file_other_archive(struct bw_archive *archive);

#endif
