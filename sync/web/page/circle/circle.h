/* One circle, read (circle_read.c) for its page (circle.c), the lists on it
 * (circle_people.c) and a file of one (circle_list.c). One thread. */
#ifndef BW_WEB_CIRCLE_H
#define BW_WEB_CIRCLE_H

#include "central/session_state.h"
#include "office/mail/told.h"
#include "report/book/book.h"
#include "report/figures/status_figures.h"
#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

enum bw_web_list {
    BW_WEB_LIST_PLACED,
    BW_WEB_LIST_WAITING,
    BW_WEB_LIST_CANCELLED,
    BW_WEB_LIST_CAME,
    BW_WEB_LISTS
};

enum bw_web_order {
    BW_WEB_BY_NAME,
    BW_WEB_BY_REGION,
    BW_WEB_BY_TIME,
    BW_WEB_BY_SCHOOL,
    BW_WEB_ORDERS
};

/* Somebody beside whom there is something to say. */
struct bw_web_remark {
    bw_code code;
    char text[BW_LABEL_BYTES]; /* the other circle's code; "" */
};

struct bw_web_circle {
    struct bw_web_visit *visit;
    struct bw_session session;
    enum bw_session_state state;
    int64_t free_places;
    struct bw_book *book;
    struct bw_told_list told;
    struct bw_status_figures kiosks;     /* of the book's kiosks alone */
    struct bw_web_remark *also, *doubts; /* owned */
    size_t also_count, also_capacity, doubts_count, doubts_capacity;
    int64_t *backs; /* codes whose mail came back, rising; owned */
    size_t backs_count;
    struct bw_zone *zone;
    enum bw_web_list list;
    enum bw_web_order order;
    const char *search;
    bool whole;      /* also a list that is long */
    bool backs_only; /* of whom mail came back */
    bool no_memory;
};

/* Reads circle `visit` asks for, of which `list` is looked at. What the database answers,
 * BW_NOT_FOUND, BW_NO_MEMORY. The caller closes it, whatever is answered. */
BW_NODISCARD enum bw_status bw_web_circle_open(
    struct bw_web_circle *c, struct bw_error *err);
void bw_web_circle_close(struct bw_web_circle *c);

/* Whether mail to who has that code came back. */
bool bw_web_circle_is_back(const struct bw_web_circle *c, bw_code code);

/* A list by its name in addresses, the first where there's none; and its name. Static. */
enum bw_web_list bw_web_circle_list_of(const char *name);
const char *bw_web_circle_list_name(enum bw_web_list list);

/* Somebody's row in the list: {"person","name","school","region","signed","chip","also",
 * "menu"}. NULL without memory. */
json_t *bw_web_circle_person(
    const struct bw_web_circle *c, const struct bw_book_person *person);

/* Whether somebody stands in a list, and how many do. */
bool bw_web_circle_is_of(const struct bw_web_circle *c,
    const struct bw_book_person *person, enum bw_web_list list);
size_t bw_web_circle_count(const struct bw_web_circle *c, enum bw_web_list list);

/* A chip: {"kind","icon","word"}. NULL without memory. */
json_t *bw_web_circle_chip(
    const struct bw_web_circle *c, const char *kind, const char *icon, const char *key);

/* Adds the rows of the list, sought and in order, to the model. BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_circle_people(
    struct bw_web_circle *c, json_t **model, struct bw_error *err);

#ifdef __cplusplus
}
#endif

#endif
