/* Rosters put and found again: see roster_help.h. */
#include "roster_help.h"

bool
found_collect(const struct bw_registration *registration, void *context)
{
    struct found *found = context;
    assert_true(found->count < FOUND_MAX);
    found->codes[found->count++] = registration->code;
    return true;
}

void
roster_put(
    struct bw_store *store, bool whole, const struct bw_registration *all, int count)
{
    struct bw_error err;
    help_letter_begin(store, HELP_SESSION, whole);
    for (int i = 0; i < count; i++) {
        help_ok(bw_store_put_registration(store, &all[i], &err), &err);
    }
    help_letter_commit(store);
}

struct found
roster_found(struct bw_store *store, enum bw_roster_order order)
{
    struct bw_error err;
    struct found found = {0};
    help_ok(
        bw_store_roster(store, HELP_SESSION, order, found_collect, &found, &err), &err);
    return found;
}

struct found
search_found(struct bw_store *store, const char *query)
{
    struct bw_error err;
    struct found found = {0};
    help_ok(bw_store_search(store, HELP_SESSION, query, 50, found_collect, &found, &err),
        &err);
    return found;
}

void
search_expect(struct bw_store *store, const char *query, int count, const bw_code *codes)
{
    struct found found = search_found(store, query);
    if (found.count != count) {
        fail_msg("\"%s\" finds %d, not %d", query, found.count, count);
    }
    for (int i = 0; i < count; i++) {
        assert_int_equal(found.codes[i], codes[i]);
    }
}
