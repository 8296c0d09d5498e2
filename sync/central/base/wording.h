/* What is said to people on paper, at the desk and in reports, in Dutch and English: by
 * gettext, with a domain a language (brugwachter-paper-nl), so that one run may write
 * both. A sentence has blanks, {name}, that are filled in here, as gettext's catalogues
 * are not to be trusted with formats. */
#ifndef BW_SYNC_WORDING_H
#define BW_SYNC_WORDING_H

#include <brugwachter/error.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum bw_wording_language { BW_WORDING_DUTCH, BW_WORDING_ENGLISH };
enum { BW_WORDING_LANGUAGES = BW_WORDING_ENGLISH + 1, BW_WORDING_SAID_BYTES = 1536 };

/* Whose sentences. */
enum bw_wording_domain {
    BW_WORDING_KIOSK, /* names of months and days */
    BW_WORDING_DESK,
    BW_WORDING_PAPER, /* what is printed, and reports */
};

/* Finds the catalogues: in `locale_dir`, or where the program is installed or built
 * (NULL). Before any thread is started, as it sets LANGUAGE; again it does nothing.
 * BW_NOT_FOUND where there are none. */
BW_NODISCARD enum bw_status bw_wording_open(const char *locale_dir, struct bw_error *err);

/* "nl", "en". Static. */
const char *bw_wording_code(enum bw_wording_language language);
/* False, and *ret_language untouched, for any other text. */
bool bw_wording_parse(const char *code, enum bw_wording_language *ret_language);

/* The language of what this thread says by itself (brugwachter/said.h), English at first:
 * the reader's at a terminal, that of a page at the desk. */
void bw_wording_speak(enum bw_wording_language language);
enum bw_wording_language bw_wording_spoken(void);

/* The sentence of this key, as it is for `n` of them. Static; never NULL: the key itself
 * where no catalogue has it. Any thread, once bw_wording_open is done. */
const char *bw_wording_of(enum bw_wording_language language,
    enum bw_wording_domain domain, const char *key, unsigned long n);

/* That of one on paper, where there's no number in it. The same. */
const char *bw_wording(enum bw_wording_language language, const char *key);

/* The sentence on paper for `n` of them, with its blanks filled in; what doesn't fit is
 * cut. Then pairs of texts, a name and what stands for {name}, and NULL after the last; a
 * blank that isn't among them stays. Any thread. */
void bw_wording_say(char ret_text[BW_WORDING_SAID_BYTES],
    enum bw_wording_language language, const char *key, int64_t n, ...)
    __attribute__((sentinel));
/* The same, of pairs that the caller was given. */
void bw_wording_say_pairs(char ret_text[BW_WORDING_SAID_BYTES],
    enum bw_wording_language language, const char *key, int64_t n, va_list pairs);

#ifdef __cplusplus
}
#endif

#endif
