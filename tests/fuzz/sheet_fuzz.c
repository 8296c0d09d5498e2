/* A workbook's rows: any bytes are a table of valid UTF-8 whose rows have rising lines,
 * or a sentence why not; and any archive is. */
#include "fuzz.h"

#include "office/import/read/sign_up.h"
#include "office/table/table_file.h"
#include "tests/sync/office/table/zip_help.h"

#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

static void
look(const unsigned char *bytes, size_t length)
{
    struct bw_csv_table table = {.rows = NULL};
    struct bw_error err = {.text = ""};
    struct bw_table_passed passed;
    enum bw_status status = bw_table_file_read(
        bytes, length, "f", NULL, bw_sign_up_fields, &table, &passed, &err);
    FUZZ_CHECK(status == BW_OK || (status == BW_BAD_INPUT && err.text[0] != '\0'));
    if (status != BW_OK) {
        return;
    }
    int32_t above = 0, line = 0;
    bw_columns_settle_heading(&table, bw_sign_up_fields, &above);
    FUZZ_CHECK(above == table.heading.line - 1 || above == 0);
    for (size_t i = 0; i < table.rows_count; i++) {
        FUZZ_CHECK(table.rows[i].line > line);
        line = table.rows[i].line;
    }
    for (size_t i = 0; i < table.cells_count; i++) {
        char clean[BW_TITLE_BYTES];
        FUZZ_CHECK(
            bw_text_clean(table.cells[i], BW_TITLE_CHARS, clean) != BW_TEXT_NOT_UTF8);
    }
    bw_csv_table_finish(&table);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    unsigned char *book = NULL;
    size_t book_length = 0;
    char *rows = calloc(1, length + 1);
    FUZZ_CHECK(rows != NULL);
    memcpy(rows, bytes, length);
    workbook_make(rows, "", &book, &book_length);
    look(book, book_length);
    free(book);
    free(rows);
    look(bytes, length);
    return 0;
}
