/* Every screen as it is read aloud, in every language, compared with the text that is
 * kept in spoken/CODE.txt. BW_RENEW=1 writes those anew: read them before committing. */
#include "tests/ui/ui_help.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALL_BYTES = 256 * 1024, ONE_BYTES = 4096 };

static char said[ALL_BYTES], kept[ALL_BYTES];

/* "== name", then what is heard; nothing of screens that are read by staff alone. */
static void
write_all(enum bw_language language)
{
    size_t used = 0;
    said[0] = '\0';
    for (int i = 0; i < samples_count; i++) {
        char text[ONE_BYTES];
        sample_view(i, language, bw_ui_list_rows(ui), &view);
        if (bw_ui_read_aloud(ui, &view, true, text, sizeof text) > 0) {
            used += (size_t)snprintf(
                said + used, sizeof said - used, "== %s\n%s\n", samples[i].name, text);
            assert_true(used < sizeof said);
        }
    }
}

static void
path_of(const char *code, char *ret_path, size_t capacity)
{
    snprintf(ret_path, capacity, BW_SOURCE_DIR "/tests/golden/spoken/%s.txt", code);
}

static void
read_kept(const char *code)
{
    char path[PATH_MAX];
    path_of(code, path, sizeof path);
    FILE *file = fopen(path, "r");
    if (!file) {
        fail_msg("%s isn't kept: BW_RENEW=1 writes it", path);
    }
    kept[fread(kept, 1, sizeof kept - 1, file)] = '\0';
    fclose(file);
}

static void
renew(const char *code)
{
    char path[PATH_MAX];
    path_of(code, path, sizeof path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(said, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* The first line that differs, and the screen that it is of. */
static void
compare(const char *code)
{
    const char *screen = said;
    const char *line = said;
    for (size_t i = 0; said[i] || kept[i]; i++) {
        if (said[i] != kept[i]) {
            const char *other = kept + (line - said);
            fail_msg("%s, %.*s: reads \"%.*s\", kept is \"%.*s\"", code,
                (int)strcspn(screen, "\n"), screen, (int)strcspn(line, "\n"), line,
                (int)strcspn(other, "\n"), other);
        }
        line = said[i] == '\n' ? said + i + 1 : line;
        screen = strncmp(line, "== ", 3) == 0 ? line : screen;
    }
}

static void
screens_read_as_kept_in_every_language(void **state)
{
    (void)state;
    for (int i = 0; i < bw_ui_languages(ui); i++) {
        const char *code = bw_ui_language_code(ui, (enum bw_language)i);
        write_all((enum bw_language)i);
        if (getenv("BW_RENEW")) {
            renew(code);
        }
        read_kept(code);
        compare(code);
    }
}

/* Where things stand differs between panels, what is said first doesn't. */
static void
headline_comes_first_on_every_panel(void **state)
{
    (void)state;
    for (int p = 1; p < panels_count; p++) {
        struct bw_error err;
        struct bw_ui *other = NULL;
        struct bw_ui_options options = {.offscreen = true,
            .width_px = panels[p].width_px,
            .height_px = panels[p].height_px,
            .width_mm = panels[p].width_mm};
        assert_int_equal(bw_ui_create(&options, &other, &err), BW_OK);
        for (int i = 0; i < samples_count; i++) {
            char one[ONE_BYTES], two[ONE_BYTES];
            sample_view(i, BW_DUTCH, 4, &view);
            bool same_words = view.screen == BW_SCREEN_RESULT && !view.larger;
            if (same_words && bw_ui_read_aloud(ui, &view, true, one, sizeof one) > 0) {
                (void)bw_ui_read_aloud(other, &view, true, two, sizeof two);
                two[strcspn(two, "\n")] = '\0'; /* a small panel has no kicker */
                char *second = strchr(one, '\n') + 1;
                second[strcspn(second, "\n")] = '\0';
                one[strcspn(one, "\n")] = '\0';
                if (strcmp(one, two) != 0 && strcmp(second, two) != 0) {
                    fail_msg("%s %s: \"%s\"", samples[i].name, panels[p].name, two);
                }
            }
        }
        bw_ui_destroy(other);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(screens_read_as_kept_in_every_language),
        cmocka_unit_test(headline_comes_first_on_every_panel),
    };
    return cmocka_run_group_tests(tests, open_ui, close_ui);
}
