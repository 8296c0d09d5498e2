/* See paper_read.h. */
#include "paper_read.h"

#include "tests/sync/testing.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_BYTES = 65536, LINE_BYTES = 2048 };

/* Blanks and ends of lines and pages, each run of them one blank. */
static void
words_join(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        bool blank = strchr(" \n\f", *from) != NULL;
        if (!blank || (to > text && to[-1] != ' ')) {
            *to++ = blank ? ' ' : *from;
        }
    }
    *to = '\0';
}

char *
paper_words(const char *path, int page)
{
    char command[600], pages[40] = "";
    if (page > 0) {
        (void)snprintf(pages, sizeof pages, "-f %d -l %d", page, page);
    }
    (void)snprintf(command, sizeof command, BW_PDFTOTEXT " %s '%s' -", pages, path);
    char *text = malloc(WORDS_BYTES);
    FILE *pipe = popen(command, "r");
    assert_non_null(text);
    assert_non_null(pipe);
    size_t length = fread(text, 1, WORDS_BYTES - 1, pipe);
    text[length] = '\0';
    assert_int_equal(pclose(pipe), 0);
    words_join(text);
    return text;
}

int
paper_rows(const char *path, const char *heading, int cells,
    char (*ret_cells)[PAPER_CELL_BYTES], int most)
{
    char line[LINE_BYTES];
    int count = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    line[strcspn(line, "\n")] = '\0';
    if (heading != NULL) {
        assert_string_equal(line, heading);
    }
    while (count < most && fgets(line, sizeof line, file)) {
        char *rest = line, *cell;
        int at = 0;
        line[strcspn(line, "\n")] = '\0';
        while ((cell = strsep(&rest, ",")) != NULL && at < cells) {
            (void)snprintf(ret_cells[count * cells + at++], PAPER_CELL_BYTES, "%s", cell);
        }
        assert_int_equal(at, cells);
        count++;
    }
    (void)fclose(file);
    return count;
}
