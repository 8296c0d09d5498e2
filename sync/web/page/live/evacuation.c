/* Ontruiming: who is inside now, by name, at which kiosk they came in, and when. On
 * paper too; never on the wall, and not for who only watches (guard.h). */
#include "office/ticket/surname.h"
#include "report/conflict/conflict_side.h"
#include "web/page/part/circles.h"
#include "web/page/live/live.h"
#include "web/page/pages.h"
#include "web/page/part/people.h"

#include <stdlib.h>
#include <string.h>

static int
by_kiosk_and_surname(const void *left, const void *right)
{
    static const struct bw_person nobody;
    const struct bw_conflict_side *a = left, *b = right;
    const struct bw_person *p = a->person != NULL ? a->person : &nobody;
    const struct bw_person *q = b->person != NULL ? b->person : &nobody;
    int order = strcmp(a->kiosk, b->kiosk);
    order = order != 0
                ? order
                : bw_surname_compare(p->name, p->first_name, q->name, q->first_name);
    return order != 0 ? order : (a->wall_ms > b->wall_ms) - (a->wall_ms < b->wall_ms);
}

static json_t *
row_of(const struct bw_web_visit *visit, const struct bw_book *book,
    const struct bw_conflict_side *side)
{
    const struct bw_person *person = side->person;
    json_t *row = json_object();
    bw_web_set(&row, "name",
        person != NULL ? bw_web_name(person->first_name, person->name)
                       : bw_web_sentence(visit, "ev.unknown"));
    bw_web_set(&row, "since",
        bw_web_when(visit, book->zone, BW_WEB_MOMENT_SHORT, side->wall_ms));
    bw_web_set(&row, "unsure", json_boolean(side->unsure));
    return row;
}

/* Rows of one kiosk after another. */
static json_t *
kiosks_of(const struct bw_web_visit *visit, const struct bw_book *book,
    const struct bw_conflict_side *people, size_t count)
{
    json_t *kiosks = json_array();
    for (size_t from = 0, to = 0; from < count; from = to) {
        json_t *rows = json_array(), *kiosk = json_object();
        const char *name = people[from].kiosk;
        for (; to < count && strcmp(people[to].kiosk, name) == 0; to++) {
            bw_web_add(&rows, row_of(visit, book, &people[to]));
        }
        bw_web_set(&kiosk, "kiosk",
            name[0] != '\0' ? bw_web_text(name) : bw_web_sentence(visit, "ev.nokiosk"));
        bw_web_set(&kiosk, "number", json_integer((json_int_t)json_array_size(kiosks)));
        bw_web_set(&kiosk, "people", json_integer((json_int_t)(to - from)));
        bw_web_set(&kiosk, "rows", rows);
        bw_web_add(&kiosks, kiosk);
    }
    return kiosks;
}

static enum bw_status
circle_of(struct bw_web_visit *visit, const struct bw_web_circles *circles, size_t i,
    const struct bw_book *book, json_t **ret_circle, struct bw_error *err)
{
    size_t size = bw_presence_size(book->presence), count = 0;
    struct bw_conflict_side *people = calloc(size + 1, sizeof *people);
    if (people == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "listing who is inside: no memory");
    }
    for (size_t k = 0; k < size; k++) {
        const struct bw_attendance *at = bw_presence_at(book->presence, k);
        if (at->in) {
            bw_conflicts_side_read(book, at->first, &people[count++]);
        }
    }
    qsort(people, count, sizeof *people, by_kiosk_and_surname);
    json_t *circle = bw_web_live_circle(visit, circles, i, book);
    bw_web_set(&circle, "by_kiosk", kiosks_of(visit, book, people, count));
    free(people);
    *ret_circle = circle;
    return BW_OK;
}

static enum bw_status
read_all(struct bw_web_visit *visit, json_t **ret_rows, struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    struct bw_web_circles circles = {.sessions = NULL};
    json_t *rows = json_array();
    enum bw_status status = bw_web_circles_read(visit, &circles, err);
    for (size_t i = 0; status == BW_OK && i < circles.figures.sessions_count; i++) {
        struct bw_book *book = NULL;
        json_t *circle = NULL;
        if (circles.figures.sessions[i].state != BW_SESSION_TODAY) {
            continue;
        }
        status = bw_book_open(central, circles.sessions[i].session_no, NULL, &book, err);
        if (status == BW_OK) {
            status = circle_of(visit, &circles, i, book, &circle, err);
        }
        if (status == BW_OK) {
            bw_web_add(&rows, circle);
        }
        bw_book_close(book);
    }
    bw_web_circles_finish(&circles);
    *ret_rows = rows;
    return status;
}

enum bw_status
bw_web_page_evacuation(struct bw_web_visit *visit, struct bw_error *err)
{
    struct bw_central *central = visit->desk->office.central;
    json_t *rows = NULL, *model = json_object();
    enum bw_status status = bw_central_read_begin(central, err);
    if (status == BW_OK) {
        status = read_all(visit, &rows, err);
        bw_central_read_end(central);
    }
    if (status != BW_OK) {
        json_decref(rows);
        json_decref(model);
        return status;
    }
    bw_web_set(&model, "heading", bw_web_sentence(visit, "ev.h"));
    bw_web_set(&model, "date",
        bw_web_when(visit, visit->desk->zone, BW_WEB_MOMENT_DATE,
            bw_office_now_ms(&visit->desk->office)));
    bw_web_set(&model, "circles", rows);
    return bw_web_show(visit, "evacuation", model, err);
}
