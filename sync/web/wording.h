/* The desk's sentences, and dates and times in words, in Dutch and English: by gettext,
 * with a domain a language (brugwachter-desk-nl), so that two organisers may read two of
 * them. Names of months and days are the kiosk's (brugwachter-nl). */
#ifndef BW_WEB_WORDING_H
#define BW_WEB_WORDING_H

#include "web/template.h"

#include <brugwachter/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

enum bw_web_language { BW_WEB_DUTCH, BW_WEB_ENGLISH };
enum { BW_WEB_LANGUAGES = BW_WEB_ENGLISH + 1, BW_WEB_MOMENT_BYTES = 96 };

/* Finds the catalogues: in `locale_dir`, or where the program is installed or built
 * (NULL). Before any thread is started, as it sets LANGUAGE. BW_NOT_FOUND where there are
 * none. */
BW_NODISCARD enum bw_status bw_web_wording_open(
    const char *locale_dir, struct bw_error *err);

/* "nl", "en". Static. */
const char *bw_web_language_code(enum bw_web_language language);
/* False, and *ret_language untouched, for any other text. */
bool bw_web_language_parse(const char *code, enum bw_web_language *ret_language);

/* The sentences of a language, for a page. Any thread. */
struct bw_web_tongue bw_web_tongue_of(enum bw_web_language language);

/* How a moment is said. */
enum bw_web_moment {
    BW_WEB_MOMENT_TIME,  /* 13.30 */
    BW_WEB_MOMENT_DAY,   /* di 25 mrt */
    BW_WEB_MOMENT_DATE,  /* dinsdag 25 maart 2025 */
    BW_WEB_MOMENT_SHORT, /* 25 mrt 13.30 */
};

/* `wall_ms` (UTC) in words, by the clocks of `zone`. Any thread; can't fail. */
void bw_web_moment(enum bw_web_language language, const struct bw_zone *zone,
    enum bw_web_moment how, int64_t wall_ms, char ret_text[BW_WEB_MOMENT_BYTES]);

#ifdef __cplusplus
}
#endif

#endif
