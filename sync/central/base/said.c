/* The program's own sentences: see said.h. */
#include "central/base/said.h"

#include "central/base/wording.h"

#include <libintl.h>
#include <stdbool.h>
#include <string.h>

static _Thread_local enum bw_wording_language spoken = BW_WORDING_ENGLISH;

void
bw_wording_speak(enum bw_wording_language language)
{
    spoken = language;
}

enum bw_wording_language
bw_wording_spoken(void)
{
    return spoken;
}

/* The next conversion from *inout_at on, which then stands behind it; its length, 0 where
 * there is none. */
static size_t
conversion_next(const char **inout_at, const char **ret_conversion)
{
    const char *at = strchr(*inout_at, '%');
    while (at != NULL && at[1] == '%') {
        at = strchr(at + 2, '%');
    }
    if (at == NULL) {
        return 0;
    }
    size_t length = 1 + strspn(at + 1, "-+ #0123456789.*hlzjtL");
    length += at[length] != '\0';
    *ret_conversion = at;
    *inout_at = at + length;
    return length;
}

static bool
reads_the_same(const char *one, const char *other)
{
    const char *a = NULL, *b = NULL;
    size_t length = 0, others = 0;
    do {
        length = conversion_next(&one, &a);
        others = conversion_next(&other, &b);
        if (length != others || (length > 0 && memcmp(a, b, length) != 0)) {
            return false;
        }
    } while (length > 0);
    return true;
}

const char *
bw_said(const char *text)
{
    /* gettext's sentence for "" is the catalogue's head */
    if (text[0] == '\0' || bw_wording_spoken() != BW_WORDING_DUTCH) {
        return text;
    }
    const char *dutch = dgettext(BW_WORDING_OFFICE, text);
    return reads_the_same(text, dutch) ? dutch : text;
}
