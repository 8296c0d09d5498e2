/* Texts of the screens: a key and values to a sentence in one of the languages.
 *
 * gettext with a domain for each language (brugwachter-nl, brugwachter-en …), so that the
 * language switches at once and without touching the environment while threads run. Which
 * there are, catalogue.h tells; how times and dates are written stands in the catalogue
 * too. The machine needs no installed locale: C.UTF-8 and LANGUAGE are set once, in
 * bw_ui_wording_create, before any thread starts. UI thread only. */
#ifndef BW_UI_WORDING_H
#define BW_UI_WORDING_H

#include "catalogue.h"
#include "flow/view.h"
#include <brugwachter/error.h>
#include <brugwachter/zone.h>
#include <stddef.h>

enum { BW_WORDING_BYTES = 1024 };

struct bw_ui_wording;

/* `locale_dir` may be NULL. The caller destroys *ret_wording. BW_NOT_FOUND where no
 * catalogue is found anywhere, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_ui_wording_create(
    const char *locale_dir, struct bw_ui_wording **ret_wording, struct bw_error *err);
/* NULL is fine. */
void bw_ui_wording_destroy(struct bw_ui_wording *wording);

/* What is said from now on is in this language; Dutch at first, and
 * where there is none of that number. */
void bw_ui_wording_set_language(struct bw_ui_wording *wording, enum bw_language language);
enum bw_language bw_ui_wording_language(const struct bw_ui_wording *wording);

/* How many there are; and for each below that number its code ("nl"), and the text of a
 * key without values in it, whatever the language that is set: borrowed from the
 * wording. */
int bw_ui_wording_languages(const struct bw_ui_wording *wording);
const char *bw_ui_wording_code(
    const struct bw_ui_wording *wording, enum bw_language language);
const char *bw_ui_wording_in(
    const struct bw_ui_wording *wording, enum bw_language language, const char *key);

/* Times are shown in this zone; an unknown name keeps the one before. */
void bw_ui_wording_set_zone(struct bw_ui_wording *wording, const char *timezone);

/* True where the catalogue has the key. */
bool bw_ui_wording_has(const struct bw_ui_wording *wording, const char *key);

/* The text of the key with its values filled in; the key itself where there is none.
 * `values` may be NULL. Names are neutralised (no control or bidi characters), made NFC,
 * and isolated where they run from right to left. Always ends with NUL. */
void bw_ui_wording_say(struct bw_ui_wording *wording, const char *key,
    const struct bw_values *values, char *ret_text, size_t capacity);

/* `13.30` or `13:30`; `dinsdag 18 maart 2025`; `18`; `mrt`; `dinsdag`; `di`;
 * `di 18 mrt 2025`; `di 18 mrt`. */
enum bw_ui_moment {
    BW_MOMENT_TIME,
    BW_MOMENT_DATE,
    BW_MOMENT_DAY,
    BW_MOMENT_MONTH,
    BW_MOMENT_WEEKDAY,
    BW_MOMENT_WEEKDAY_SHORT,
    BW_MOMENT_DATE_SHORT,
    BW_MOMENT_DAY_SHORT
};
void bw_ui_wording_moment(struct bw_ui_wording *wording, enum bw_ui_moment moment,
    int64_t wall_ms, char *ret_text, size_t capacity);

/* A text from outside, fit to be drawn: valid UTF-8, NFC,
 * nothing that reorders others. */
void bw_ui_wording_clean(const char *text, char *ret_text, size_t capacity);

#endif
