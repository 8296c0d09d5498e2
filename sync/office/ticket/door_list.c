/* The paper list for a door: see door_list.h. Lengths are millimetres. */
#include "office/ticket/door_list.h"

#include "paper/paper.h"
#include "office/ticket/surname.h"

#include <brugwachter/said.h>
#include <brugwachter/text.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_WIDTH_MM 210.0
#define PAGE_HEIGHT_MM 297.0
#define LEFT_MM 12.0
#define RIGHT_MM 198.0
#define INNER_MM (RIGHT_MM - LEFT_MM)
#define HEADINGS_MM 34.0
#define ROWS_MM 38.4
#define PERSON_MM 7.0
#define WAITING_MM 8.0
#define EMPTY_MM 11.4
#define TICK_MM 4.6
#define CELL_MM 1.2 /* from a column's edge to its text */

enum {
    PEOPLE_A_PAGE = 34,
    WAITING_A_PAGE = 30,
    EMPTY_LINES = 18,
    FIFTH = 5, /* every fifth line is darker */
    COLUMNS_MAX = 7,
    TEXT_BYTES = 2 * BW_TITLE_BYTES,
};

struct door_column {
    double width_mm;
    const char *heading; /* a key of the wording */
};

static const struct door_column people_columns[] = {{9, "li.in"}, {20, "li.time"},
    {68, "li.name"}, {62, "li.school"}, {27, "li.code"}, {0, NULL}};
static const struct door_column waiting_columns[] = {{9, "li.in"}, {10, "li.nr"},
    {20, "li.time"}, {56, "li.name"}, {44, "li.school"}, {25, "li.code"}, {22, "li.why"},
    {0, NULL}};
static const struct door_column empty_columns[] = {{8, "li.nr"}, {17, "li.time"},
    {20, "li.bf"}, {33, "li.first"}, {41, "li.last"}, {45, "li.school"},
    {22, "li.region"}, {0, NULL}};

struct door_drawing {
    const struct bw_door_list *list;
    cairo_t *cairo;
    size_t page, pages;
};

static const char *
word(const struct door_drawing *d, const char *key)
{
    return bw_wording(d->list->when->language, key);
}

static void
text(const struct door_drawing *d, double x_mm, double y_mm, double width_mm,
    double height_mm, double size_pt, PangoWeight weight, const char *words)
{
    struct bw_paper_box box = {x_mm, y_mm, width_mm, height_mm, size_pt, weight,
        PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    (void)bw_paper_text(d->cairo, &box, words);
}

static void
rule(const struct door_drawing *d, double y_mm, double line_mm)
{
    bw_paper_ink(d->cairo, BW_PAPER_INKT);
    cairo_set_line_width(d->cairo, line_mm);
    cairo_move_to(d->cairo, LEFT_MM, y_mm);
    cairo_line_to(d->cairo, RIGHT_MM, y_mm);
    cairo_stroke(d->cairo);
}

static void
right_text(const struct door_drawing *d, double y_mm, double size_pt, const char *words)
{
    struct bw_paper_box box = {128, y_mm, 70, 0, size_pt, PANGO_WEIGHT_BOLD,
        PANGO_ALIGN_RIGHT, BW_PAPER_INKT, 0};
    (void)bw_paper_text(d->cairo, &box, words);
}

static void
head_draw(struct door_drawing *d, const char *heading, const char *second,
    const struct door_column *columns)
{
    const struct bw_door_list *list = d->list;
    enum bw_wording_language language = list->when->language;
    char words[TEXT_BYTES], said[BW_WORDING_SAID_BYTES], page[24], pages[24];
    d->page++;
    text(d, LEFT_MM, 10, 116, 9.5, 22, PANGO_WEIGHT_HEAVY, word(d, heading));
    (void)snprintf(words, sizeof words, "%s · %s", list->session->title, list->when->day);
    text(d, LEFT_MM, 19.6, 114, 6, 12.5, PANGO_WEIGHT_BOLD, words);
    text(d, LEFT_MM, 26, 150, 5, 9, PANGO_WEIGHT_MEDIUM, second);
    (void)snprintf(page, sizeof page, "%zu", d->page);
    (void)snprintf(pages, sizeof pages, "%zu", d->pages);
    bw_wording_say(said, language, "li.page", 1, "i", page, "n", pages, NULL);
    right_text(d, 10, 12, said);
    bw_wording_say(said, language, "li.of", 1, "date", list->made, NULL);
    right_text(d, 16.6, 10, said);
    rule(d, 283, 0.3);
    text(d, LEFT_MM, 284.2, 116, 5, 9.5, PANGO_WEIGHT_BOLD, word(d, "li.shred"));
    right_text(d, 284.2, 9.5, list->call);
    double x_mm = LEFT_MM;
    for (; columns->heading != NULL; columns++) {
        text(d, x_mm + CELL_MM, HEADINGS_MM, columns->width_mm - CELL_MM, 4, 8.5,
            PANGO_WEIGHT_BOLD, word(d, columns->heading));
        x_mm += columns->width_mm;
    }
    rule(d, ROWS_MM, 0.3);
}

/* Where each column's text begins. */
static void
columns_place(const struct door_column *columns, double ret_x_mm[COLUMNS_MAX])
{
    double x_mm = LEFT_MM + CELL_MM;
    for (int i = 0; columns[i].heading != NULL; i++) {
        ret_x_mm[i] = x_mm;
        x_mm += columns[i].width_mm;
    }
}

static void
tick_draw(const struct door_drawing *d, double x_mm, double y_mm)
{
    bw_paper_ink(d->cairo, BW_PAPER_INKT);
    cairo_set_line_width(d->cairo, 0.45);
    cairo_rectangle(d->cairo, x_mm, y_mm, TICK_MM, TICK_MM);
    cairo_stroke(d->cairo);
}

/* "Vries, Aïcha de", the surname heavy. */
static void
name_draw(const struct door_drawing *d, double x_mm, double y_mm, double width_mm,
    double height_mm, const struct bw_person *person)
{
    char words[BW_SURNAME_BYTES];
    size_t heavy = bw_surname_write(person->name, person->first_name, words);
    struct bw_paper_box box = {x_mm, y_mm, width_mm, height_mm, 11.5, PANGO_WEIGHT_MEDIUM,
        PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
    (void)bw_paper_text_heavy(d->cairo, &box, words, heavy);
}

/* Name, school and code, from their column on. */
static void
person_draw(const struct door_drawing *d, const struct door_column *columns,
    const double *x_mm, double y_mm, double row_mm, const struct bw_registration *who)
{
    char shown[BW_CODE_SHOWN_BYTES];
    double inset_mm = (row_mm - 5.2) / 2;
    bw_code_format_shown(who->code, shown);
    name_draw(d, x_mm[0], y_mm + inset_mm, columns[0].width_mm - 2, 5.4, &who->person);
    text(d, x_mm[1], y_mm + inset_mm + 0.4, columns[1].width_mm - 2, 5, 9,
        PANGO_WEIGHT_MEDIUM, who->person.school);
    text(d, x_mm[2], y_mm + inset_mm + 0.4, columns[2].width_mm - 2, 5, 10,
        PANGO_WEIGHT_BOLD, shown);
}

static void
time_draw(const struct door_drawing *d, double x_mm, double y_mm)
{
    text(d, x_mm, y_mm, 18, 5, 9, PANGO_WEIGHT_MEDIUM, "___.___");
}

/* ---- the three parts ---- */

static void
people_page(
    struct door_drawing *d, const struct bw_registration *const *sorted, size_t from)
{
    const struct bw_door_list *list = d->list;
    double x_mm[COLUMNS_MAX];
    char second[BW_WORDING_SAID_BYTES], placed[24], waiting[24];
    columns_place(people_columns, x_mm);
    (void)snprintf(placed, sizeof placed, "%zu", list->placed_count);
    (void)snprintf(waiting, sizeof waiting, "%zu", list->waiting_count);
    bw_wording_say(second, list->when->language, "li.sub", (int64_t)list->placed_count,
        "n", placed, "w", waiting, NULL);
    head_draw(d, "li.h", second, people_columns);
    if (list->placed_count == 0) {
        text(d, x_mm[2], ROWS_MM + 1.5, 60, 5, 11.5, PANGO_WEIGHT_MEDIUM,
            word(d, "li.nobody"));
    }
    for (size_t i = from; i < list->placed_count && i < from + PEOPLE_A_PAGE; i++) {
        double y_mm = ROWS_MM + (double)(i - from) * PERSON_MM;
        tick_draw(d, x_mm[0], y_mm + (PERSON_MM - TICK_MM) / 2);
        time_draw(d, x_mm[1], y_mm + 1.3);
        person_draw(d, people_columns + 2, x_mm + 2, y_mm, PERSON_MM, sorted[i]);
        rule(d, y_mm + PERSON_MM, (i - from) % FIFTH == FIFTH - 1 ? 0.5 : 0.2);
    }
    cairo_show_page(d->cairo);
}

static void
waiting_page(struct door_drawing *d, size_t from)
{
    const struct bw_door_list *list = d->list;
    double x_mm[COLUMNS_MAX];
    columns_place(waiting_columns, x_mm);
    head_draw(d, "li.wait", word(d, "li.waitp"), waiting_columns);
    for (size_t i = from; i < list->waiting_count && i < from + WAITING_A_PAGE; i++) {
        double y_mm = ROWS_MM + (double)(i - from) * WAITING_MM;
        char number[24];
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        tick_draw(d, x_mm[0], y_mm + (WAITING_MM - TICK_MM) / 2);
        text(d, x_mm[1], y_mm + 1, 9, 6, 13, PANGO_WEIGHT_HEAVY, number);
        time_draw(d, x_mm[2], y_mm + 1.8);
        person_draw(
            d, waiting_columns + 3, x_mm + 3, y_mm, WAITING_MM, &list->waiting[i]);
        rule(d, y_mm + WAITING_MM, (i - from) % FIFTH == FIFTH - 1 ? 0.5 : 0.2);
    }
    cairo_show_page(d->cairo);
}

/* N, O, M, Z, NW and ZW; of another its first two letters. */
static void
region_letters(const char *region, char ret_letters[12])
{
    static const char *const known[][2] = {{"noord", "N"}, {"oost", "O"}, {"midden", "M"},
        {"zuid", "Z"}, {"noordwest", "NW"}, {"zuidwest", "ZW"}};
    char fold[3 * BW_NAME_BYTES];
    bw_text_fold(region, false, fold, sizeof fold);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(fold, known[i][0]) == 0) {
            (void)snprintf(ret_letters, 12, "%s", known[i][1]);
            return;
        }
    }
    size_t bytes = 0;
    for (int letters = 0; letters < 2 && region[bytes] != '\0' && bytes < 8; letters++) {
        do {
            bytes++;
        } while (((unsigned char)region[bytes] & 0xc0) == 0x80);
    }
    (void)snprintf(ret_letters, 12, "%.*s", (int)bytes, region);
}

static void
regions_write(const struct bw_door_list *list, char ret_row[TEXT_BYTES],
    char ret_legend[TEXT_BYTES])
{
    size_t row = 0, legend = 0;
    ret_row[0] = '\0';
    ret_legend[0] = '\0';
    for (size_t i = 0;
         i < list->regions_count && legend + BW_NAME_BYTES + 32 < TEXT_BYTES; i++) {
        char letters[12];
        region_letters(list->regions[i], letters);
        row += (size_t)snprintf(
            ret_row + row, TEXT_BYTES - row, "%s%s", i > 0 ? "  " : "", letters);
        legend += (size_t)snprintf(ret_legend + legend, TEXT_BYTES - legend, "%s%s %s",
            i > 0 ? " · " : "", letters, list->regions[i]);
    }
}

static void
columns_dot(const struct door_drawing *d)
{
    static const double dots[] = {0.3, 0.6};
    double x_mm = LEFT_MM;
    cairo_save(d->cairo);
    cairo_set_dash(d->cairo, dots, 2, 0);
    cairo_set_line_width(d->cairo, 0.2);
    for (int i = 0; empty_columns[i + 1].heading != NULL; i++) {
        x_mm += empty_columns[i].width_mm;
        cairo_move_to(d->cairo, x_mm, ROWS_MM);
        cairo_line_to(d->cairo, x_mm, ROWS_MM + EMPTY_LINES * EMPTY_MM);
    }
    cairo_stroke(d->cairo);
    cairo_restore(d->cairo);
}

static void
empty_page(struct door_drawing *d)
{
    double x_mm[COLUMNS_MAX];
    char regions[TEXT_BYTES], legend[TEXT_BYTES];
    columns_place(empty_columns, x_mm);
    regions_write(d->list, regions, legend);
    head_draw(d, "li.walk", word(d, "li.walkp"), empty_columns);
    for (int i = 0; i < EMPTY_LINES; i++) {
        double y_mm = ROWS_MM + i * EMPTY_MM;
        char number[12];
        (void)snprintf(number, sizeof number, "%d", i + 1);
        text(d, x_mm[0], y_mm + 3, 6, 5, 11, PANGO_WEIGHT_HEAVY, number);
        time_draw(d, x_mm[1], y_mm + 4);
        text(d, x_mm[2], y_mm + 3.2, 18, 5, 10, PANGO_WEIGHT_MEDIUM, word(d, "li.yesno"));
        text(d, x_mm[6], y_mm + 1.6, 20, 8.4, 9, PANGO_WEIGHT_MEDIUM, regions);
        rule(d, y_mm + EMPTY_MM, 0.2);
    }
    columns_dot(d);
    text(d, LEFT_MM, 257, INNER_MM, 6, 9.5, PANGO_WEIGHT_BOLD, legend);
    text(d, LEFT_MM, 264, INNER_MM, 5, 9.5, PANGO_WEIGHT_MEDIUM, word(d, "li.back"));
    text(d, LEFT_MM, 272, 70, 6, 11, PANGO_WEIGHT_BOLD, word(d, "li.count"));
    text(d, 90, 272, 108, 6, 11, PANGO_WEIGHT_BOLD, word(d, "li.by"));
    cairo_show_page(d->cairo);
}

/* ---- the whole ---- */

static int
by_surname(const void *one, const void *other)
{
    const struct bw_registration *a = *(const struct bw_registration *const *)one;
    const struct bw_registration *b = *(const struct bw_registration *const *)other;
    int order = bw_surname_compare(
        a->person.name, a->person.first_name, b->person.name, b->person.first_name);
    return order != 0 ? order : (a->code > b->code) - (a->code < b->code);
}

static void
pages_draw(struct door_drawing *d, const struct bw_registration **sorted)
{
    const struct bw_door_list *list = d->list;
    size_t placed = (list->placed_count + PEOPLE_A_PAGE - 1) / PEOPLE_A_PAGE;
    size_t waiting = (list->waiting_count + WAITING_A_PAGE - 1) / WAITING_A_PAGE;
    placed = placed > 0 ? placed : 1;
    d->pages = placed + waiting + 1;
    for (size_t i = 0; i < list->placed_count; i++) {
        sorted[i] = &list->placed[i];
    }
    qsort(sorted, list->placed_count, sizeof(struct bw_registration *), by_surname);
    for (size_t i = 0; i < placed; i++) {
        people_page(d, sorted, i * PEOPLE_A_PAGE);
    }
    for (size_t i = 0; i < waiting; i++) {
        waiting_page(d, i * WAITING_A_PAGE);
    }
    empty_page(d);
}

enum bw_status
bw_door_list_write(const struct bw_door_list *list, FILE *file, struct bw_error *err)
{
    struct door_drawing d = {.list = list};
    struct bw_paper_pdf pdf;
    char title[TEXT_BYTES];
    const struct bw_registration **sorted = (const struct bw_registration **)calloc(
        list->placed_count + 1, sizeof(struct bw_registration *));
    if (sorted == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "drawing the paper list: no memory");
    }
    (void)snprintf(title, sizeof title, "%s, %s", list->session->title, list->when->day);
    bw_paper_pdf_begin(&pdf, title, PAGE_WIDTH_MM, PAGE_HEIGHT_MM, file);
    d.cairo = pdf.cairo;
    pages_draw(&d, sorted);
    free((void *)sorted);
    return bw_paper_pdf_end(&pdf, bw_said("the paper list"), err);
}
