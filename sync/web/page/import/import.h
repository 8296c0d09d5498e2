/* What the pages of Inlezen share. One thread. */
#ifndef BW_WEB_IMPORT_H
#define BW_WEB_IMPORT_H

#include "web/desk/visit.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The kinds of file as choices of a form: [{"value","word","chosen"}]. NULL without
 * memory. */
json_t *bw_web_import_kinds(const struct bw_web_visit *visit, enum bw_import_kind chosen);
/* By the word of the form; false where it is none. */
bool bw_web_import_kind_parse(const char *word, enum bw_import_kind *ret_kind);

/* The circles as choices, those to come first: [{"value","word","chosen"}]. What the
 * database answers, BW_NO_MEMORY. */
BW_NODISCARD enum bw_status bw_web_import_circles(const struct bw_web_visit *visit,
    const char *chosen, json_t **ret_list, struct bw_error *err);

/* One table of a draft as a model: see draft_model.c. NULL without memory. */
json_t *bw_web_import_table(const struct bw_web_visit *visit,
    const struct bw_web_draft *draft, size_t at, const json_t *circles);

#ifdef __cplusplus
}
#endif

#endif
