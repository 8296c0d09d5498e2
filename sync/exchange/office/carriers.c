/* The office's carriers: see carriers.h. */
#include "exchange/office/carriers.h"

#include "central/base/array.h"
#include "exchange/carrier/folder/own_file.h"

#include <dirent.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CARRIERS_TEXT_BYTES = BW_CARRIERS_MAX * BW_CARRIER_URI_BYTES };

/* ---- which there are ---- */

struct text {
    char bytes[CARRIERS_TEXT_BYTES];
};

static bool
on_text(const struct bw_sql_value *columns, int count, void *context)
{
    (void)count;
    struct text *text = context;
    (void)snprintf(text->bytes, sizeof text->bytes, "%s", columns[0].text);
    return false;
}

static bool
list_has(const struct bw_carrier_list *list, const char *uri)
{
    for (int i = 0; i < list->count; i++) {
        if (strcmp(list->uris[i], uri) == 0) {
            return true;
        }
    }
    return false;
}

static enum bw_status
list_add(struct bw_carrier_list *list, const char *uri, struct bw_error *err)
{
    if (list_has(list, uri)) {
        return BW_OK;
    }
    if (list->count == BW_CARRIERS_MAX || strlen(uri) >= BW_CARRIER_URI_BYTES) {
        return bw_error_set(err, BW_FULL, 0,
            "carrier %.200s: there are %d already, or its address is too long", uri,
            BW_CARRIERS_MAX);
    }
    (void)snprintf(list->uris[list->count++], BW_CARRIER_URI_BYTES, "%s", uri);
    return BW_OK;
}

/* An address of a folder that holds from any other folder. The folder itself needn't be
 * there yet, so it is its parent that is looked up. */
static void
uri_settle(char uri[BW_CARRIER_URI_BYTES])
{
    static const char scheme[] = "folder:";
    char folder[BW_CARRIER_URI_BYTES], parent[PATH_MAX];
    char settled[PATH_MAX + BW_CARRIER_URI_BYTES + sizeof scheme];
    if (strncmp(uri, scheme, sizeof scheme - 1) != 0 || uri[sizeof scheme - 1] == '/') {
        return;
    }
    (void)snprintf(folder, sizeof folder, "%s", uri + sizeof scheme - 1);
    char *slash = strrchr(folder, '/');
    const char *base = slash ? slash + 1 : folder;
    if (slash) {
        *slash = '\0';
    }
    if (!realpath(slash ? folder : ".", parent)) {
        return;
    }
    int length = snprintf(settled, sizeof settled, "%s%s/%s", scheme, parent, base);
    if (length > 0 && length < BW_CARRIER_URI_BYTES) {
        memcpy(uri, settled, (size_t)length + 1);
    }
}

static enum bw_status
kept_read(
    struct bw_central *central, struct bw_carrier_list *inout_list, struct bw_error *err)
{
    struct text *text = calloc(1, sizeof *text);
    if (!text) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "reading the carriers: out of memory");
    }
    enum bw_status status = bw_central_run(
        central, "SELECT carriers FROM central", NULL, 0, on_text, text, err);
    char *rest = text->bytes, *line;
    while (status == BW_OK && (line = strsep(&rest, "\n")) != NULL) {
        status = line[0] ? list_add(inout_list, line, err) : BW_OK;
    }
    free(text);
    return status;
}

void
bw_office_carriers_disown(const struct bw_central *central)
{
    static const char scheme[] = "folder:";
    char beside[BW_CARRIER_URI_BYTES], path[BW_CARRIER_URI_BYTES + PATH_MAX];
    bool alone = true;
    if (!bw_carrier_beside(bw_central_name(central), beside)) {
        return;
    }
    const char *folder = beside + sizeof scheme - 1;
    DIR *entries = opendir(folder);
    for (const struct dirent *entry = entries ? readdir(entries) : NULL; entry != NULL;
         entry = readdir(entries)) {
        alone = alone && (entry->d_name[0] == '.' ||
                             strcmp(entry->d_name, BW_CARRIER_OWN_FILE) == 0);
    }
    if (entries != NULL) {
        (void)closedir(entries);
    }
    (void)snprintf(path, sizeof path, "%s/%s", folder, BW_CARRIER_OWN_FILE);
    if (alone) {
        (void)unlink(path);
    }
}

enum bw_status
bw_office_carriers_list(
    struct bw_central *central, struct bw_carrier_list *ret_list, struct bw_error *err)
{
    struct bw_carrier_list *list = calloc(1, sizeof *list);
    char beside[BW_CARRIER_URI_BYTES];
    enum bw_status status = BW_OK;
    if (!list) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "reading the carriers: out of memory");
    }
    if (bw_carrier_beside(bw_central_name(central), beside)) {
        uri_settle(beside);
        status = list_add(list, beside, err);
    }
    if (status == BW_OK) {
        status = kept_read(central, list, err);
    }
    if (status == BW_OK) {
        *ret_list = *list;
    }
    free(list);
    return status;
}

enum bw_status
bw_office_carriers_add(
    struct bw_central *central, const struct bw_carrier_list *more, struct bw_error *err)
{
    struct bw_carrier_list *list = calloc(1, sizeof *list);
    struct text *text = calloc(1, sizeof *text);
    if (!list || !text) {
        free(list);
        free(text);
        return bw_error_set(err, BW_NO_MEMORY, 0, "keeping a carrier: out of memory");
    }
    enum bw_status status = kept_read(central, list, err);
    for (int i = 0; status == BW_OK && i < more->count; i++) {
        status = list_add(list, more->uris[i], err);
    }
    if (status == BW_OK) {
        size_t used = 0;
        for (int i = 0; i < list->count; i++) {
            used += (size_t)snprintf(text->bytes + used, sizeof text->bytes - used,
                "%s%s", i ? "\n" : "", list->uris[i]);
        }
        struct bw_sql_value value = bw_sql_text(text->bytes);
        status = bw_central_run(
            central, "UPDATE central SET carriers = $1", &value, 1, NULL, NULL, err);
    }
    free(list);
    free(text);
    return status;
}

/* ---- opening ---- */

enum bw_status
bw_office_carriers_one(const struct bw_exchange_post *post, const char *uri,
    struct bw_carrier **ret_carrier, struct bw_error *err)
{
    char login[BW_CARRIER_LOGIN_BYTES];
    struct bw_carrier_owner owner = {
        .sign_secret = post->office.sign_secret, .login = login};
    memcpy(owner.central_id, post->central_id, BW_CENTRAL_ID_BYTES);
    memcpy(owner.sign_public, post->office.sign_public, BW_PUBLIC_KEY_BYTES);
    /* which only looks makes no folder, and signs none */
    bool looks = bw_central_is_check_only(post->central) && !bw_carrier_gives_logins(uri);
    enum bw_status status = bw_exchange_post_login(post, uri, login, err);
    if (status == BW_OK) {
        status = bw_carrier_open(
            uri, looks ? BW_CARRIER_KIOSK : BW_CARRIER_OFFICE, &owner, ret_carrier, err);
    }
    sodium_memzero(login, sizeof login);
    return status;
}

enum bw_status
bw_office_carriers_open(const struct bw_exchange_post *post,
    struct bw_office_carriers *ret_carriers, struct bw_round_summary *summary,
    struct bw_error *err)
{
    struct bw_office_carriers carriers = {.count = 0};
    struct bw_carrier_list *list = calloc(1, sizeof *list);
    if (!list) {
        return bw_error_set(err, BW_NO_MEMORY, 0, "opening the carriers: out of memory");
    }
    enum bw_status status = bw_office_carriers_list(post->central, list, err);
    for (int i = 0; status == BW_OK && i < list->count; i++) {
        struct bw_error why;
        if ((post->without >> i & 1) != 0) {
            continue;
        }
        bw_exchange_post_at(post, i);
        enum bw_status opened = bw_office_carriers_one(
            post, list->uris[i], &carriers.items[carriers.count], &why);
        if (opened == BW_OK) {
            carriers.places[carriers.count++] = i;
        } else {
            summary->offline++;
            summary->refused += opened == BW_REFUSED || opened == BW_NEWER;
            bw_round_note(summary, "%s", why.text);
        }
    }
    free(list);
    bw_exchange_post_at(post, -1);
    if (status == BW_OK) {
        *ret_carriers = carriers;
    } else {
        bw_office_carriers_close(&carriers);
    }
    return status;
}

void
bw_office_carriers_close(struct bw_office_carriers *carriers)
{
    for (int i = 0; carriers && i < carriers->count; i++) {
        bw_carrier_close(carriers->items[i]);
    }
    if (carriers) {
        carriers->count = 0;
    }
}

bool
bw_office_carriers_listen(
    const struct bw_exchange_post *post, struct bw_carrier_ears *ears)
{
    struct bw_error ignored;
    struct bw_carrier_owner owner = {.login = NULL}; /* PGPASSFILE has it */
    struct bw_carrier_list *list = calloc(1, sizeof *list);
    bool opened = false;
    memcpy(owner.central_id, post->central_id, BW_CENTRAL_ID_BYTES);
    if (list && bw_office_carriers_list(post->central, list, &ignored) == BW_OK) {
        for (int i = 0; i < list->count; i++) {
            if (!ears->items[i] && (post->without >> i & 1) == 0 &&
                bw_carrier_ear_open(list->uris[i], BW_CARRIER_OFFICE, &owner,
                    &ears->items[i], &ignored) == BW_OK) {
                opened = true;
            }
        }
    }
    free(list);
    return opened;
}

/* ---- what they hold ---- */

static bool
on_carried(
    void *context, const char *name, const struct bw_letter_name *parsed, uint64_t bytes)
{
    (void)bytes;
    struct bw_carried_list *list = context;
    struct bw_carried *carried =
        bw_array_more(&list->items, &list->count, &list->capacity, sizeof *carried);
    list->no_memory = !carried;
    if (carried) {
        (void)snprintf(carried->name, sizeof carried->name, "%s", name);
        carried->parsed = *parsed;
    }
    return carried != NULL;
}

static int
sign_of(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Introductions first: the events that follow are signed with the keys that they name. */
static int
carried_compare(const void *left, const void *right)
{
    const struct bw_carried *a = left, *b = right;
    int order = sign_of(b->parsed.kind, a->parsed.kind);
    if (order == 0) {
        order = sign_of(a->parsed.device, b->parsed.device);
    }
    if (order == 0) {
        order = sign_of(a->parsed.from, b->parsed.from);
    }
    if (order == 0) {
        order = sign_of(a->parsed.to, b->parsed.to);
    }
    return order ? order : strcmp(a->name, b->name);
}

_Static_assert(BW_LETTER_INTRODUCTION > BW_LETTER_EVENTS, "introductions come first");

enum bw_status
bw_office_carried(
    struct bw_carrier *carrier, struct bw_carried_list *ret_list, struct bw_error *err)
{
    struct bw_carried_list list = {.items = NULL};
    enum bw_status status = bw_carrier_list(carrier, on_carried, &list, err);
    if (status == BW_OK && list.no_memory) {
        status = bw_error_set(err, BW_NO_MEMORY, 0,
            "listing %s: out of memory; close other programs", carrier->uri);
    }
    if (status != BW_OK) {
        free(list.items);
        return status;
    }
    if (list.count > 1) {
        qsort(list.items, list.count, sizeof *list.items, carried_compare);
    }
    *ret_list = list;
    return BW_OK;
}
