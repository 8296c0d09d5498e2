/* The evacuation list: see evacuation_list.h. Lengths are millimetres. */
#include "office/ticket/evacuation_list.h"

#include "paper/paper.h"
#include "paper/icon.h"
#include "office/ticket/surname.h"

#include <brugwachter/said.h>
#include <stdlib.h>

#define PAGE_WIDTH_MM 210.0
#define PAGE_HEIGHT_MM 297.0
#define LEFT_MM 10.0
#define WIDTH_MM 190.0
#define COLUMN_MM 93.0
#define SECOND_MM 107.0
#define FIRST_ROW_MM 56.0
#define ROW_MM 7.2
#define TICK_MM 4.6
#define OTHERS_MM 244.6
#define BOXES_MM 267.0

enum {
    ROWS = 24, /* in each of two columns */
    PEOPLE_A_PAGE = 2 * ROWS,
    FIFTH = 5, /* every fifth line is darker */
    OTHERS = 3,
    TEXT_BYTES = 3 * BW_TITLE_BYTES,
};

struct evacuation_drawing {
    const struct bw_evacuation_list *list;
    const struct bw_evacuation_list_person **sorted;
    cairo_t *cairo;
    size_t page, pages;
};

static void
right_text(cairo_t *cairo, double x_mm, double y_mm, double width_mm, double height_mm,
    double size_pt, PangoWeight weight, const char *words)
{
    struct bw_paper_box box = {x_mm, y_mm, width_mm, height_mm, size_pt, weight,
        PANGO_ALIGN_RIGHT, BW_PAPER_WIT, 0};
    (void)bw_paper_text(cairo, &box, words);
}

static const char *
word(const struct evacuation_drawing *d, const char *key)
{
    return bw_wording(d->list->when->language, key);
}

static void
head_draw(const struct evacuation_drawing *d)
{
    const struct bw_evacuation_list *list = d->list;
    const struct bw_session *session = list->session;
    enum bw_wording_language language = list->when->language;
    char words[TEXT_BYTES], said[BW_WORDING_SAID_BYTES];
    bw_paper_fill(d->cairo, LEFT_MM, 10, WIDTH_MM, 30, 3, BW_PAPER_INKT);
    (void)bw_paper_say(d->cairo, 16, 12.2, 110, 12, 28, PANGO_WEIGHT_HEAVY, BW_PAPER_WIT,
        word(d, "ev.h"));
    (void)snprintf(words, sizeof words, "%s · %s", session->title, list->when->day);
    (void)bw_paper_say(
        d->cairo, 16, 25, 112, 6, 12, PANGO_WEIGHT_BOLD, BW_PAPER_WIT, words);
    (void)snprintf(words, sizeof words, "%s%s%s", session->venue,
        session->address[0] != '\0' ? ", " : "", session->address);
    (void)bw_paper_say(
        d->cairo, 16, 31, 112, 5.4, 10.5, PANGO_WEIGHT_MEDIUM, BW_PAPER_WIT, words);
    (void)snprintf(words, sizeof words, "%zu", list->people_count);
    right_text(d->cairo, 128, 9, 68, 23, 54, PANGO_WEIGHT_HEAVY, words);
    bw_wording_say(
        said, language, "ev.n", (int64_t)list->people_count, "time", list->made, NULL);
    right_text(d->cairo, 110, 31.2, 86, 5.4, 11, PANGO_WEIGHT_BOLD, said);
    bw_wording_say(said, language, "ev.k", 1, "time", list->made, NULL);
    bool nobody = list->people_count == 0;
    (void)snprintf(words, sizeof words, "%s%s%s%s%s", list->by_kiosk,
        list->by_kiosk[0] != '\0' ? " · " : "", said, nobody ? " · " : "",
        nobody ? word(d, "ev.write") : "");
    (void)bw_paper_say(
        d->cairo, LEFT_MM, 41.6, 160, 5.4, 11, PANGO_WEIGHT_BOLD, BW_PAPER_INKT, words);
    if (d->pages > 1) {
        char page[24], pages[24];
        (void)snprintf(page, sizeof page, "%zu", d->page);
        (void)snprintf(pages, sizeof pages, "%zu", d->pages);
        bw_wording_say(said, language, "pg", 1, "i", page, "n", pages, NULL);
        struct bw_paper_box box = {170, 41.6, 30, 5.4, 11, PANGO_WEIGHT_HEAVY,
            PANGO_ALIGN_RIGHT, BW_PAPER_INKT, 0};
        (void)bw_paper_text(d->cairo, &box, said);
    }
    (void)bw_paper_say(d->cairo, LEFT_MM, 47.6, WIDTH_MM, 5.4, 11, PANGO_WEIGHT_MEDIUM,
        BW_PAPER_INKT, word(d, "ev.p"));
}

static void
tick_draw(const struct evacuation_drawing *d, double x_mm, double y_mm)
{
    bw_paper_frame(
        d->cairo, x_mm + 1, y_mm + 1.1, TICK_MM, TICK_MM, 0.8, 0.45, BW_PAPER_INKT);
}

/* One line: of somebody, or (NULL) empty. */
static void
row_draw(const struct evacuation_drawing *d, int row,
    const struct bw_evacuation_list_person *person)
{
    double x_mm = row < ROWS ? LEFT_MM : SECOND_MM;
    int line = row % ROWS;
    double y_mm = FIRST_ROW_MM + line * ROW_MM;
    tick_draw(d, x_mm, y_mm);
    if (person != NULL) {
        char words[BW_SURNAME_BYTES];
        size_t heavy = bw_surname_write(person->name, person->first_name, words);
        struct bw_paper_box box = {x_mm + 11, y_mm + 0.6, COLUMN_MM - 12, 6, 12.5,
            PANGO_WEIGHT_MEDIUM, PANGO_ALIGN_LEFT, BW_PAPER_INKT, 0};
        (void)bw_paper_text_heavy(
            d->cairo, &box, words[0] != '\0' ? words : word(d, "ev.noname"), heavy);
    }
    bw_paper_line(d->cairo, x_mm, y_mm + ROW_MM, x_mm + COLUMN_MM, y_mm + ROW_MM,
        line % FIFTH == FIFTH - 1 ? 0.4 : 0.2, BW_PAPER_INKT);
}

static void
foot_draw(const struct evacuation_drawing *d)
{
    static const struct {
        double x_mm;
        const char *key;
    } boxes[] = {{LEFT_MM, "ev.out"}, {74.5, "ev.miss"}, {139, "ev.time"}};
    (void)bw_paper_say(d->cairo, LEFT_MM, 236, WIDTH_MM, 6, 11, PANGO_WEIGHT_HEAVY,
        BW_PAPER_INKT, word(d, "ev.staff"));
    for (int i = 0; i < 2 * OTHERS; i++) {
        double x_mm = i < OTHERS ? LEFT_MM : SECOND_MM;
        double y_mm = OTHERS_MM - 1 + i % OTHERS * 7.0;
        tick_draw(d, x_mm, y_mm - 0.6);
        bw_paper_line(d->cairo, x_mm + 10, y_mm + 6, x_mm + COLUMN_MM, y_mm + 6, 0.3,
            BW_PAPER_INKT);
    }
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++) {
        bw_paper_frame(d->cairo, boxes[i].x_mm, BOXES_MM, 61, 17, 2, 0.8, BW_PAPER_INKT);
        (void)bw_paper_say(d->cairo, boxes[i].x_mm + 3, BOXES_MM + 1.2, 40, 5, 10,
            PANGO_WEIGHT_BOLD, BW_PAPER_INKT, word(d, boxes[i].key));
    }
}

static void
page_draw(struct evacuation_drawing *d)
{
    size_t first = d->page * PEOPLE_A_PAGE;
    d->page++;
    head_draw(d);
    for (int row = 0; row < PEOPLE_A_PAGE; row++) {
        size_t at = first + (size_t)row;
        row_draw(d, row, at < d->list->people_count ? d->sorted[at] : NULL);
    }
    foot_draw(d);
    cairo_show_page(d->cairo);
}

static int
by_surname(const void *one, const void *other)
{
    const struct bw_evacuation_list_person *a =
        *(const struct bw_evacuation_list_person *const *)one;
    const struct bw_evacuation_list_person *b =
        *(const struct bw_evacuation_list_person *const *)other;
    return bw_surname_compare(a->name, a->first_name, b->name, b->first_name);
}

enum bw_status
bw_evacuation_list_write(
    const struct bw_evacuation_list *list, FILE *file, struct bw_error *err)
{
    struct bw_paper_pdf pdf;
    struct evacuation_drawing d = {
        .list = list, .pages = list->people_count / PEOPLE_A_PAGE + 1};
    char title[TEXT_BYTES];
    if (list->people_count > 0 && list->people_count % PEOPLE_A_PAGE == 0) {
        d.pages--;
    }
    d.sorted = (const struct bw_evacuation_list_person **)calloc(
        list->people_count + 1, sizeof(const struct bw_evacuation_list_person *));
    if (d.sorted == NULL) {
        return bw_error_set(
            err, BW_NO_MEMORY, 0, "drawing the evacuation list: no memory");
    }
    for (size_t i = 0; i < list->people_count; i++) {
        d.sorted[i] = &list->people[i];
    }
    qsort((void *)d.sorted, list->people_count,
        sizeof(const struct bw_evacuation_list_person *), by_surname);
    (void)snprintf(title, sizeof title, "%s, %s", list->session->title, list->when->day);
    bw_paper_pdf_begin(&pdf, title, PAGE_WIDTH_MM, PAGE_HEIGHT_MM, file);
    d.cairo = pdf.cairo;
    while (d.page < d.pages) {
        page_draw(&d);
    }
    free((void *)d.sorted);
    return bw_paper_pdf_end(&pdf, bw_said("the evacuation list"), err);
}
