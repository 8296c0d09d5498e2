/* CSV as Excel opens it: see csv_row.h. */
#include "central/base/csv_row.h"

#include "central/base/output.h"

char
bw_csv_row_separator(enum bw_wording_language excel)
{
    return excel == BW_WORDING_DUTCH ? ';' : ',';
}

void
bw_csv_row_begin(FILE *file)
{
    (void)fputs("\xef\xbb\xbf", file);
}

void
bw_csv_row_write(FILE *file, char separator, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            (void)fputc(separator, file);
        }
        bw_csv_cell(file, cells[i]);
    }
    (void)fputs("\r\n", file);
}
