/* Figures behind a version: see figures.h. */
#include "exchange/letter/figures.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS_MAX = 12 };

/* In the order of what matters most: the last ones may lack room. */
static const struct {
    const char *name;
    size_t offset;
} rows[] = {
    {"runs", offsetof(struct bw_hello_figures, runs)},
    {"cuts", offsetof(struct bw_hello_figures, cuts)},
    {"back", offsetof(struct bw_hello_figures, fell_back)},
    {"up", offsetof(struct bw_hello_figures, up_hours)},
    {"mib", offsetof(struct bw_hello_figures, store_mib)},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static int64_t *
figure_of(struct bw_hello_figures *figures, int row)
{
    return (int64_t *)(void *)((char *)figures + rows[row].offset);
}

void
bw_hello_figures_write(const char *version, const struct bw_hello_figures *figures,
    char ret_text[BW_LABEL_BYTES])
{
    struct bw_hello_figures known = *figures;
    (void)snprintf(ret_text, BW_LABEL_BYTES, "%s", version);
    for (int i = 0; i < ROWS; i++) {
        char figure[32];
        int64_t value = *figure_of(&known, i);
        int more = snprintf(figure, sizeof figure, " %s=%" PRId64, rows[i].name, value);
        if (value >= 0 && strlen(ret_text) + (size_t)more < BW_LABEL_BYTES) {
            (void)strcat(ret_text, figure);
        }
    }
}

/* `name=digits`, the whole word. */
static void
take(const char *word, size_t length, struct bw_hello_figures *figures)
{
    for (int i = 0; i < ROWS; i++) {
        size_t name = strlen(rows[i].name);
        if (length <= name + 1 || length > name + 1 + DIGITS_MAX ||
            strncmp(word, rows[i].name, name) != 0 || word[name] != '=') {
            continue;
        }
        const char *digits = word + name + 1;
        size_t count = length - name - 1;
        int64_t value = 0;
        if (strspn(digits, "0123456789") < count) {
            continue;
        }
        for (size_t at = 0; at < count; at++) {
            value = value * 10 + (digits[at] - '0');
        }
        *figure_of(figures, i) = value;
    }
}

void
bw_hello_figures_read(const char *text, char ret_version[BW_LABEL_BYTES],
    struct bw_hello_figures *ret_figures)
{
    size_t length = strcspn(text, " ");
    *ret_figures = (struct bw_hello_figures){-1, -1, -1, -1, -1};
    (void)snprintf(ret_version, BW_LABEL_BYTES, "%.*s", (int)length, text);
    while (text[length] != '\0') {
        text += length + 1;
        length = strcspn(text, " ");
        take(text, length, ret_figures);
    }
}
