/* Tickets on every processor: see ticket_press.h. */
#include "office/ticket/ticket_press.h"

#include "paper/paper.h"
#include "office/ticket/surname.h"
#include "office/ticket/ticket_page.h"

#include <brugwachter/said.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE_MM 1.2

enum {
    THREADS_MAX = 64,
    BOOKS = 2,         /* the longest jobs go first */
    PARTS = BOOKS + 1, /* each ticket is drawn so often */
    NAME_BYTES = 2 * BW_NAME_BYTES,
};

struct press {
    const struct bw_ticket_press_order *order;
    const struct bw_ticket_list_person **sorted; /* by surname; owned */
    pthread_mutex_t lock;
    pthread_cond_t moved;        /* of what follows, guarded by lock */
    struct bw_output_set *files; /* guarded by lock */
    size_t next;                 /* job */
    size_t done;                 /* tickets, in each part of them */
    int working;                 /* threads */
    enum bw_status status;       /* of the first that failed */
    struct bw_error *err;
};

void
bw_ticket_press_name(
    bw_code code, const char *ending, char ret_name[BW_TICKET_PRESS_NAME_BYTES])
{
    char text[BW_CODE_BYTES];
    bw_code_format(code, text);
    (void)snprintf(ret_name, BW_TICKET_PRESS_NAME_BYTES, "%s.%s", text, ending);
}

/* ---- one ticket ---- */

struct press_ticket {
    struct bw_ticket_page page;
    struct bw_qr qr;
    char name[NAME_BYTES];
};

static enum bw_status
ticket_make(const struct bw_ticket_press_order *order,
    const struct bw_ticket_list_person *person, struct press_ticket *ret_ticket,
    struct bw_error *err)
{
    if (person->text[0] == '\0') {
        char code[BW_CODE_BYTES];
        bw_code_format(person->code, code);
        return bw_error_set(err, BW_CORRUPT, 0,
            "writing the ticket of %s: none was issued; give a new one: reissue %s", code,
            code);
    }
    (void)snprintf(ret_ticket->name, sizeof ret_ticket->name, "%s%s%s",
        person->first_name, person->name[0] != '\0' ? " " : "", person->name);
    ret_ticket->page = (struct bw_ticket_page){.session = order->session,
        .when = order->when,
        .contact = order->contact,
        .qr = &ret_ticket->qr,
        .code = person->code,
        .state =
            person->status == BW_WAITLISTED ? BW_TICKET_PAGE_WAITS : BW_TICKET_PAGE_PLACE,
        .name = ret_ticket->name,
        .school = person->school,
        .table = person->table,
        .as_of = order->as_of,
        .position = person->position,
        .was = ""};
    return bw_qr_of_ticket(person->text, &ret_ticket->qr, err);
}

static enum bw_status
svg_write(const struct bw_ticket_page *page, FILE *file, struct bw_error *err)
{
    (void)err;
    bw_qr_write_svg(page->qr, MODULE_MM, "Ticket", file);
    return BW_OK;
}

/* A file of the set, open for writing; `loose` as in output.h. */
static enum bw_status
file_add(struct press *press, const char *name, bool loose, struct bw_output *ret_output,
    struct bw_error *err)
{
    (void)pthread_mutex_lock(&press->lock); /* TP1 */
    enum bw_status status = bw_output_set_add(press->files, name, 0600, ret_output, err);
    (void)pthread_mutex_unlock(&press->lock);
    ret_output->loose = loose;
    return status;
}

static enum bw_status
ticket_write(
    struct press *press, const struct bw_ticket_list_person *person, struct bw_error *err)
{
    static const struct {
        const char *ending;
        enum bw_status (*draw)(
            const struct bw_ticket_page *page, FILE *file, struct bw_error *err);
    } kinds[] = {{"png", bw_ticket_page_write_png}, {"svg", svg_write},
        {"pdf", bw_ticket_page_write_pdf}};
    struct press_ticket ticket;
    enum bw_status status = ticket_make(press->order, person, &ticket, err);
    for (size_t i = 0; status == BW_OK && i < sizeof kinds / sizeof kinds[0]; i++) {
        struct bw_output output = {0};
        char name[BW_TICKET_PRESS_NAME_BYTES];
        bw_ticket_press_name(person->code, kinds[i].ending, name);
        status = file_add(press, name, true, &output, err);
        if (status == BW_OK) {
            status = kinds[i].draw(&ticket.page, output.file, err);
        }
        if (status == BW_OK) {
            status = bw_output_commit(&output, err);
        }
        bw_output_finish(&output);
    }
    return status;
}

/* ---- all of them ---- */

/* One more is drawn; false where the press stops. */
static bool
step(struct press *press)
{
    (void)pthread_mutex_lock(&press->lock);
    press->done++;
    bool goes_on = press->status == BW_OK;
    (void)pthread_cond_signal(&press->moved);
    (void)pthread_mutex_unlock(&press->lock);
    return goes_on;
}

static enum bw_status
book_draw(struct press *press, cairo_t *cairo, struct bw_error *err)
{
    struct press_ticket ticket;
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < press->order->count; i++) {
        status = ticket_make(press->order, press->sorted[i], &ticket, err);
        if (status == BW_OK) {
            bw_ticket_page_draw(cairo, 0, 0, &ticket.page);
            cairo_show_page(cairo);
        }
        if (!step(press)) {
            break;
        }
    }
    return status;
}

/* Of n sheets, ticket k is on sheet k mod n: cut as a stack, the four stacks lie on each
 * other in order of surname. */
static enum bw_status
sheets_draw(struct press *press, cairo_t *cairo, struct bw_error *err)
{
    struct press_ticket ticket;
    size_t count = press->order->count;
    size_t sheets = (count + BW_TICKET_PAGE_A_SHEET - 1) / BW_TICKET_PAGE_A_SHEET;
    enum bw_status status = BW_OK;
    bool goes_on = true;
    for (size_t sheet = 0; status == BW_OK && goes_on && sheet < sheets; sheet++) {
        for (int place = 0; status == BW_OK && place < BW_TICKET_PAGE_A_SHEET; place++) {
            size_t k = sheet + (size_t)place * sheets;
            double x_mm, y_mm;
            if (k >= count) {
                break;
            }
            bw_ticket_page_place(place, &x_mm, &y_mm);
            status = ticket_make(press->order, press->sorted[k], &ticket, err);
            if (status == BW_OK) {
                bw_ticket_page_draw(cairo, x_mm, y_mm, &ticket.page);
            }
            goes_on = step(press);
        }
        bw_ticket_page_draw_cuts(cairo);
        cairo_show_page(cairo);
    }
    return status;
}

static enum bw_status
book_write(struct press *press, bool sheets, struct bw_error *err)
{
    const struct bw_ticket_press_order *order = press->order;
    struct bw_output output = {0};
    struct bw_paper_pdf pdf;
    char title[BW_TITLE_BYTES + BW_WHEN_BYTES + 2];
    (void)snprintf(
        title, sizeof title, "%s, %s", order->session->title, order->when->day);
    enum bw_status status =
        file_add(press, sheets ? order->sheets : order->book, false, &output, err);
    if (status == BW_OK) {
        struct bw_error ignored;
        bw_paper_pdf_begin(&pdf, title,
            sheets ? BW_TICKET_PAGE_A4_WIDTH_MM : BW_TICKET_PAGE_A6_WIDTH_MM,
            sheets ? BW_TICKET_PAGE_A4_HEIGHT_MM : BW_TICKET_PAGE_A6_HEIGHT_MM,
            output.file);
        status = (sheets ? sheets_draw : book_draw)(press, pdf.cairo, err);
        enum bw_status ended = bw_paper_pdf_end(
            &pdf, bw_said("the tickets"), status == BW_OK ? err : &ignored);
        status = status == BW_OK ? ended : status;
    }
    if (status == BW_OK) {
        status = bw_output_commit(&output, err);
    }
    bw_output_finish(&output);
    return status;
}

/* ---- the threads ---- */

/* The next job; false where there's none, or one failed. */
static bool
job_take(struct press *press, size_t *ret_job)
{
    (void)pthread_mutex_lock(&press->lock);
    bool there = press->status == BW_OK && press->next < BOOKS + press->order->count;
    if (there) {
        *ret_job = press->next++;
    }
    (void)pthread_mutex_unlock(&press->lock);
    return there;
}

static void
failed(struct press *press, enum bw_status status, const struct bw_error *err)
{
    (void)pthread_mutex_lock(&press->lock);
    if (press->status == BW_OK) {
        press->status = status;
        if (press->err != NULL) {
            *press->err = *err;
        }
    }
    (void)pthread_mutex_unlock(&press->lock);
}

static void *
work(void *context)
{
    struct press *press = context;
    struct bw_error err = {.status = BW_OK};
    size_t job;
    while (job_take(press, &job)) {
        enum bw_status status =
            job < BOOKS ? book_write(press, job == 1, &err)
                        : ticket_write(press, press->order->people[job - BOOKS], &err);
        if (status != BW_OK) {
            failed(press, status, &err);
        }
        if (job >= BOOKS) {
            (void)step(press);
        }
    }
    (void)pthread_mutex_lock(&press->lock);
    press->working--;
    (void)pthread_cond_signal(&press->moved);
    (void)pthread_mutex_unlock(&press->lock);
    return NULL;
}

static int
threads_wanted(const struct bw_ticket_press_order *order)
{
    long threads = order->threads > 0 ? order->threads : sysconf(_SC_NPROCESSORS_ONLN);
    long jobs = (long)order->count + BOOKS;
    threads = threads > jobs ? jobs : threads;
    return threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : (int)threads;
}

/* The caller's thread watches; where no other can be had, it works itself. */
static void
run_threads(struct press *press)
{
    pthread_t threads[THREADS_MAX];
    int started = 0, wanted = threads_wanted(press->order);
    int64_t total = (int64_t)press->order->count;
    press->working = wanted;
    while (
        started < wanted && pthread_create(&threads[started], NULL, work, press) == 0) {
        started++;
    }
    (void)pthread_mutex_lock(&press->lock);
    press->working -= wanted - started;
    while (press->working > 0) {
        (void)pthread_cond_wait(&press->moved, &press->lock);
        int64_t done = (int64_t)(press->done / PARTS);
        (void)pthread_mutex_unlock(&press->lock);
        bw_progress_step(press->order->progress, "tickets", done, total);
        (void)pthread_mutex_lock(&press->lock);
    }
    (void)pthread_mutex_unlock(&press->lock);
    for (int i = 0; i < started; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    if (started == 0) {
        press->working = 1;
        (void)work(press);
    }
    bw_progress_end(press->order->progress);
}

static int
by_surname(const void *one, const void *other)
{
    const struct bw_ticket_list_person *a =
        *(const struct bw_ticket_list_person *const *)one;
    const struct bw_ticket_list_person *b =
        *(const struct bw_ticket_list_person *const *)other;
    int order = bw_surname_compare(a->name, a->first_name, b->name, b->first_name);
    return order != 0 ? order : (a->code > b->code) - (a->code < b->code);
}

enum bw_status
bw_ticket_press_run(const struct bw_ticket_press_order *order,
    struct bw_output_set *files, struct bw_error *err)
{
    struct press press = {.order = order,
        .files = files,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .moved = PTHREAD_COND_INITIALIZER,
        .err = err};
    if (order->count == 0) {
        return BW_OK;
    }
    press.sorted = (const struct bw_ticket_list_person **)calloc(
        order->count, sizeof(const struct bw_ticket_list_person *));
    if (press.sorted == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "writing the tickets of %s: no memory",
            order->session->code);
    }
    memcpy((void *)press.sorted, (const void *)order->people,
        order->count * sizeof(const struct bw_ticket_list_person *));
    qsort((void *)press.sorted, order->count,
        sizeof(const struct bw_ticket_list_person *), by_surname);
    run_threads(&press);
    free((void *)press.sorted);
    (void)pthread_cond_destroy(&press.moved);
    (void)pthread_mutex_destroy(&press.lock);
    return press.status;
}
