/* Kring: those who were ticked, or all that the list shows, as a file for Excel. Nothing
 * is changed by it.
 *
 * The rows are the form's, in its order: what is fetched is what was seen. */
#include "web/page/circle/circle.h"

#include "central/base/output.h"
#include "report/writer/report_list.h"
#include "web/desk/form.h"
#include "web/page/pages.h"
#include "web/work/folder.h"

#include <stdlib.h>
#include <string.h>

enum { LIST_BYTES_MAX = 64 << 20 };

struct people_list {
    struct bw_web_circle circle;
    json_t *rows; /* whose texts the others borrow */
    struct bw_report_list_row people[BW_WEB_FIELDS_MAX];
    size_t count;
};

/* By the code of a row; he who isn't of this circle is in no list of it. */
static enum bw_status
list_add(struct people_list *l, const char *typed, struct bw_error *err)
{
    const struct bw_book *book = l->circle.book;
    const struct bw_book_person *person = NULL;
    bw_code code = BW_CODE_NONE;
    for (size_t i = 0; bw_code_parse(typed, &code) && i < book->people_count; i++) {
        if (book->people[i].registration.code == code) {
            person = &book->people[i];
            break;
        }
    }
    if (person == NULL) {
        return bw_error_set(err, BW_NOT_FOUND, 0,
            "making a list: %.20s isn't in this circle; look at its page again", typed);
    }
    json_t *row = bw_web_circle_person(&l->circle, person);
    bw_web_add(&l->rows, row);
    if (l->rows == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "making a list: no memory");
    }
    const char *state =
        json_string_value(json_object_get(json_object_get(row, "chip"), "word"));
    const char *also = json_string_value(json_object_get(row, "also"));
    l->people[l->count++] = (struct bw_report_list_row){
        person, state != NULL ? state : "", also != NULL ? also : ""};
    return BW_OK;
}

static enum bw_status
list_fill(struct people_list *l, struct bw_error *err)
{
    const struct bw_web_request *request = l->circle.visit->request;
    const char *ticked = bw_web_form_ticked(request, "mens");
    enum bw_status status = BW_OK;
    for (size_t i = 0; status == BW_OK && i < request->fields_count; i++) {
        const struct bw_web_field *field = &request->fields[i];
        if (field->of_form && strcmp(field->name, ticked) == 0) {
            status = list_add(l, field->value, err);
        }
    }
    return status;
}

/* The circle, the list and the day: of what it is, and as of when. */
static void
name_file(const struct people_list *l, char ret_name[BW_LABEL_BYTES])
{
    enum { DAY_CHARS = 10, CODE_CHARS = 24 };
    char iso[BW_ISO_BYTES];
    bw_zone_format_iso(
        l->circle.book->zone, bw_office_now_ms(&l->circle.visit->desk->office), iso);
    (void)snprintf(ret_name, BW_LABEL_BYTES, "%.*s-%s-%.*s.xlsx", CODE_CHARS,
        l->circle.session.code, bw_web_circle_list_name(l->circle.list), DAY_CHARS, iso);
    for (char *at = ret_name; *at != '\0'; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || *at == '.';
        *at = plain ? *at : '-';
    }
}

static enum bw_status
list_give(const struct people_list *l, struct bw_error *err)
{
    struct bw_web_visit *visit = l->circle.visit;
    struct bw_web_reply *reply = visit->reply;
    char folder[BW_WEB_FOLDER_BYTES] = "", path[PATH_MAX];
    unsigned char *bytes = NULL;
    enum bw_status status = bw_web_folder_make(folder, err);
    if (status == BW_OK) {
        status = bw_path_join(folder, "list.xlsx", path, err);
    }
    if (status == BW_OK) {
        status = bw_report_list_write(
            l->circle.book, l->people, l->count, visit->language, path, err);
    }
    if (status == BW_OK) {
        status = bw_file_read(path, LIST_BYTES_MAX, &bytes, &reply->bytes, err);
    }
    if (status == BW_OK) {
        name_file(l, reply->download);
        reply->status = 200;
        reply->type = "application/octet-stream";
        reply->body = (char *)bytes;
        reply->personal = true;
    } else {
        bw_web_folder_hide(folder, err->text);
    }
    bw_web_folder_remove(folder);
    return status;
}

static enum bw_status
list_make(struct people_list *l, struct bw_error *err)
{
    l->rows = json_array();
    l->circle.list =
        bw_web_circle_list_of(bw_web_request_sent(l->circle.visit->request, "lijst"));
    enum bw_status status = bw_web_circle_open(&l->circle, err);
    if (status == BW_OK) {
        status = list_fill(l, err);
    }
    if (status == BW_OK && l->count > 0) {
        status = list_give(l, err);
    } else if (status == BW_OK) {
        char code[BW_LABEL_BYTES * 3];
        bw_web_encode(l->circle.session.code, code, sizeof code);
        bw_web_said(l->circle.visit, "deed.nobody", json_object(), 0);
        bw_web_go(l->circle.visit, "/kring/%s?lijst=%s", code,
            bw_web_circle_list_name(l->circle.list));
    }
    bw_web_circle_close(&l->circle);
    json_decref(l->rows);
    return status;
}

enum bw_status
bw_web_page_circle_list(struct bw_web_visit *visit, struct bw_error *err)
{
    struct people_list *list = calloc(1, sizeof *list);
    if (list == NULL) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "making a list: no memory");
    }
    list->circle.visit = visit;
    enum bw_status status = list_make(list, err);
    free(list);
    return status;
}
