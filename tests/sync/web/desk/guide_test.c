/* The guides at the desk: files of their folder, to everybody, and no other file. */
#define ONE_OFFICE_PLACES 2
#include "tests/sync/web/one_desk.h"

#include "central/base/output.h"
#include "web/desk/guide.h"

#include <string.h>
#include <sys/stat.h>

static char folder[PATH_MAX];

static void
put(const char *name, const char *text)
{
    char path[PATH_MAX];
    struct bw_error err;
    assert_int_equal(bw_path_join(folder, name, path, &err), BW_OK);
    assert_int_equal(bw_output_bytes(path, 0644, text, strlen(text), &err), BW_OK);
}

static int
open_desk(void **state)
{
    char path[PATH_MAX];
    struct bw_error err;
    if (open_office(state) != 0) {
        return -1;
    }
    (void)snprintf(folder, sizeof folder, "%s", office_path(&office, "guide"));
    assert_int_equal(bw_path_join(folder, "nl/desk", path, &err), BW_OK);
    assert_int_equal(bw_folder_make(path, &err), BW_OK);
    put("guide.css", "b {}");
    put("nl/organiser.html", "<p>Stap 1</p>");
    put("nl/organiser.pdf", "%PDF-1.4");
    put("nl/desk/today.png", "\x89PNG");
    put("nl/notes.txt", "not a guide's");
    put("nl/.hidden.html", "not a guide's");
    desk_open(&desk, &office);
    desk.desk.setup.guides = folder;
    return 0;
}

static void
pages_pictures_and_style_are_answered_to_everybody(void **state)
{
    static const struct {
        const char *target, *type;
    } files[] = {{"/handleiding/guide.css", "text/css; charset=utf-8"},
        {"/handleiding/nl/organiser.html", "text/html; charset=utf-8"},
        {"/handleiding/nl/desk/today.png", "image/png"}};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        assert_int_equal(desk_get(&desk, files[i].target), 200);
        assert_string_equal(desk.reply.type, files[i].type);
        assert_string_equal(desk.reply.download, "");
        assert_false(desk.reply.personal);
    }
    assert_int_equal(desk_get(&desk, "/handleiding/nl/organiser.html"), 200);
    assert_string_equal(desk_body(&desk), "<p>Stap 1</p>");
}

static void
a_pdf_is_one_to_be_kept(void **state)
{
    (void)state;
    assert_int_equal(desk_get(&desk, "/handleiding/nl/organiser.pdf"), 200);
    assert_string_equal(desk.reply.download, "organiser.pdf");
}

static void
no_other_file_is_answered(void **state)
{
    static const char *const targets[] = {"/handleiding", "/handleiding/nl",
        "/handleiding/nl/desk", "/handleiding/nl/other.html", "/handleiding/nl/notes.txt",
        "/handleiding/nl/.hidden.html", "/handleiding/../circles.db",
        "/handleiding/%2e%2e/x.html", "/handleiding/nl/..%2forganiser.html",
        "/handleiding/nl/organiser.html%00", "/handleiding/NL/organiser.html",
        "/handleiding/nl//organiser.html/x"};
    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        int status = desk_get(&desk, targets[i]);
        if (status != 404 && status != 400) {
            fail_msg("%s: %d", targets[i], status);
        }
    }
    desk.desk.setup.guides = NULL;
    assert_int_equal(desk_get(&desk, "/handleiding/guide.css"), 404);
}

static void
every_page_leads_to_the_guides_where_there_are_some(void **state)
{
    (void)state;
    desk_enter(&desk);
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    shows("\"/handleiding/nl/index.html\"");
    desk.desk.setup.guides = "";
    assert_int_equal(desk_get(&desk, "/zuilen"), 200);
    hides("/handleiding/");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(pages_pictures_and_style_are_answered_to_everybody),
        ON_DESK(a_pdf_is_one_to_be_kept),
        ON_DESK(no_other_file_is_answered),
        ON_DESK(every_page_leads_to_the_guides_where_there_are_some),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
