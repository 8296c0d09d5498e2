/* The people of one circle, by list: see circle.h. */
#include "web/page/circle/circle.h"

#include "web/page/part/people.h"

#include <brugwachter/text.h>

#include <stdlib.h>
#include <string.h>

enum { ROWS_SHOWN = 100 };

static bool
has_come(const struct bw_web_circle *c, bw_code code)
{
    const struct bw_attendance *attendance = bw_presence_of_code(c->book->presence, code);
    return attendance != NULL && attendance->attended;
}

bool
bw_web_circle_is_of(const struct bw_web_circle *c, const struct bw_book_person *person,
    enum bw_web_list list)
{
    enum bw_registration_status status = person->registration.status;
    switch (list) {
    case BW_WEB_LIST_PLACED:
        return status == BW_CONFIRMED;
    case BW_WEB_LIST_WAITING:
        return status == BW_WAITLISTED;
    case BW_WEB_LIST_CANCELLED:
        return status == BW_CANCELLED || status == BW_BLOCKED;
    case BW_WEB_LIST_CAME:
        return has_come(c, person->registration.code);
    case BW_WEB_LISTS:
        break;
    }
    return false;
}

size_t
bw_web_circle_count(const struct bw_web_circle *c, enum bw_web_list list)
{
    size_t count = 0;
    for (size_t i = 0; i < c->book->people_count; i++) {
        count += bw_web_circle_is_of(c, &c->book->people[i], list);
    }
    return count;
}

bool
bw_web_circle_is_back(const struct bw_web_circle *c, bw_code code)
{
    bool back = false;
    for (size_t i = 0; !back && i < c->backs_count; i++) {
        back = c->backs[i] == (int64_t)code;
    }
    return back;
}

/* Each word of the search at the beginning of a word of name, school, mail or region. */
static bool
is_sought(const struct bw_web_circle *c, const struct bw_book_person *person)
{
    const struct bw_person *who = &person->registration.person;
    char known[5 * BW_TITLE_BYTES + 5], folded[5 * BW_TITLE_BYTES + 6],
        wanted[BW_TITLE_BYTES];
    char *rest = wanted;
    folded[0] = ' ';
    (void)snprintf(known, sizeof known, "%s %s %s %s %s", who->first_name, who->name,
        who->school, who->region, person->mail);
    bw_text_fold(known, false, folded + 1, sizeof folded - 1);
    bw_text_fold(c->search, false, wanted, sizeof wanted);
    for (char *part; (part = strsep(&rest, " ")) != NULL;) {
        char word[BW_TITLE_BYTES + 1];
        (void)snprintf(word, sizeof word, " %s", part);
        if (part[0] != '\0' && strstr(folded, word) == NULL) {
            return false;
        }
    }
    return true;
}

static int
by_order(const void *left, const void *right, void *context)
{
    const struct bw_web_circle *c = context;
    const struct bw_book_person *a = *(const struct bw_book_person *const *)left;
    const struct bw_book_person *b = *(const struct bw_book_person *const *)right;
    const struct bw_person *p = &a->registration.person, *q = &b->registration.person;
    char keys[2][3 * BW_TITLE_BYTES], folded[2][3 * BW_TITLE_BYTES];
    if (c->order != BW_WEB_BY_TIME) {
        (void)snprintf(keys[0], sizeof keys[0], "%s %s %s",
            c->order == BW_WEB_BY_REGION   ? p->region
            : c->order == BW_WEB_BY_SCHOOL ? p->school
                                           : "",
            p->first_name, p->name);
        (void)snprintf(keys[1], sizeof keys[1], "%s %s %s",
            c->order == BW_WEB_BY_REGION   ? q->region
            : c->order == BW_WEB_BY_SCHOOL ? q->school
                                           : "",
            q->first_name, q->name);
        bw_text_fold(keys[0], false, folded[0], sizeof folded[0]);
        bw_text_fold(keys[1], false, folded[1], sizeof folded[1]);
        int differs = strcmp(folded[0], folded[1]);
        if (differs != 0) {
            return differs;
        }
    }
    return a < b ? -1 : a > b; /* the book's order is that of sign-up */
}

static const struct bw_web_remark *
remark_of(const struct bw_web_remark *list, size_t count, bw_code code)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].code == code) {
            return &list[i];
        }
    }
    return NULL;
}

json_t *
bw_web_circle_chip(
    const struct bw_web_circle *c, const char *kind, const char *icon, const char *key)
{
    return json_pack("{s:s, s:s, s:o}", "kind", kind, "icon", icon, "word",
        bw_web_sentence(c->visit, key));
}

/* What was told to somebody, or how they came. */
static json_t *
chip_of(const struct bw_web_circle *c, const struct bw_book_person *person)
{
    const struct bw_registration *registration = &person->registration;
    if (remark_of(c->doubts, c->doubts_count, registration->code) != NULL) {
        return bw_web_circle_chip(c, "let", "question", "tk.doubt");
    }
    if (registration->status == BW_BLOCKED) {
        return bw_web_circle_chip(c, "fout", "hand", "status.blocked");
    }
    if (c->list == BW_WEB_LIST_CAME) {
        return bw_web_circle_chip(c, "ok", "check", "tk.came");
    }
    if (bw_web_circle_is_back(c, registration->code)) {
        return bw_web_circle_chip(c, "fout", "alert", "tk.back");
    }
    for (size_t i = 0; i < c->told.count; i++) {
        if (c->told.due[i].code == registration->code) {
            return c->told.due[i].hindrance == BW_TOLD_NO_HINDRANCE
                       ? bw_web_circle_chip(c, "let", "outbox", "tk.todo")
                       : bw_web_circle_chip(c, "rust", "paper", "tk.paper");
        }
    }
    return bw_session_state_is_over(c->state)
               ? json_null()
               : bw_web_circle_chip(c, "ok", "check", "tk.sent");
}

/* What can be done to somebody of this list: as on their own page, with what it means in
 * small print. */
static json_t *
menu_of(const struct bw_web_circle *c, const struct bw_registration *r)
{
    bool open = c->state == BW_SESSION_PLANNED || c->state == BW_SESSION_TODAY;
    if (!open || c->list == BW_WEB_LIST_CAME) {
        return json_false();
    }
    json_t *menu = json_object(), *deeds = bw_web_deeds_of(c->visit, r->status);
    if (r->status == BW_WAITLISTED && c->free_places > 0) {
        bw_web_add(&deeds, json_pack("{s:s, s:s, s:o}", "deed", "kies", "icon", "seat",
                               "word", bw_web_sentence(c->visit, "deed.choose.b")));
    }
    for (size_t i = 0; i < json_array_size(deeds); i++) {
        json_t *deed = json_array_get(deeds, i);
        char key[BW_LABEL_BYTES];
        (void)snprintf(key, sizeof key, "rm.%.24s",
            json_string_value(json_object_get(deed, "deed")));
        bw_web_set(&deed, "small", bw_web_sentence(c->visit, key));
    }
    bw_web_set(&menu, "deeds_of_one", deeds);
    bw_web_set(&menu, "may_move",
        json_boolean(r->status == BW_CONFIRMED || r->status == BW_WAITLISTED));
    bw_web_set(&menu, "may_replace", json_boolean(r->status == BW_CONFIRMED));
    return menu;
}

json_t *
bw_web_circle_person(const struct bw_web_circle *c, const struct bw_book_person *person)
{
    const struct bw_registration *r = &person->registration;
    const struct bw_web_remark *also = remark_of(c->also, c->also_count, r->code);
    json_t *row = json_object();
    bw_web_set(&row, "person", bw_web_code(r->code));
    bw_web_set(&row, "name", bw_web_name(r->person.first_name, r->person.name));
    bw_web_set(&row, "school", bw_web_text(r->person.school));
    bw_web_set(&row, "region", bw_web_text(r->person.region));
    bw_web_set(&row, "signed",
        bw_web_when(c->visit, c->zone, BW_WEB_MOMENT_SHORT, r->signed_up_ms));
    bw_web_set(&row, "chip", chip_of(c, person));
    bw_web_set(&row, "also",
        also != NULL ? bw_web_circle_name(c->visit, also->text) : json_string(""));
    bw_web_set(&row, "menu", menu_of(c, r));
    return row;
}

enum bw_status
bw_web_circle_people(struct bw_web_circle *c, json_t **model, struct bw_error *err)
{
    size_t count = 0;
    const struct bw_book_person **order =
        calloc(c->book->people_count + 1, sizeof(const struct bw_book_person *));
    if (order == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "listing a circle: no memory");
    }
    for (size_t i = 0; i < c->book->people_count; i++) {
        const struct bw_book_person *person = &c->book->people[i];
        bool meant =
            !c->backs_only || bw_web_circle_is_back(c, person->registration.code);
        if (meant && bw_web_circle_is_of(c, person, c->list) && is_sought(c, person)) {
            order[count++] = person;
        }
    }
    qsort_r(order, count, sizeof(const struct bw_book_person *), by_order, c);
    json_t *rows = json_array();
    size_t shown = c->whole || count < ROWS_SHOWN ? count : ROWS_SHOWN;
    size_t all = bw_web_circle_count(c, c->list);
    for (size_t i = 0; i < shown; i++) {
        bw_web_add(&rows, bw_web_circle_person(c, order[i]));
    }
    free(order);
    bw_web_set(model, "people", rows);
    bw_web_set(model, "shown", json_integer((json_int_t)shown));
    bw_web_set(model, "all_of_list", json_integer((json_int_t)all));
    bw_web_set(model, "part", json_boolean(shown < all));
    return BW_OK;
}
