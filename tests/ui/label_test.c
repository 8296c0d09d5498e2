/* A label as a page of PDF: its size, its picture, and names that are long. */
#include <ui/label.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct picture {
    char *pdf;
    size_t bytes;
    int width, height;
    const uint8_t *grey;
};

static void
draw(enum bw_label_size size, const struct bw_label *label, struct picture *picture)
{
    FILE *out = open_memstream(&picture->pdf, &picture->bytes);
    struct bw_error error = {0};
    assert_non_null(out);
    if (bw_ui_label_write(size, label, out, &error) != BW_OK) {
        fail_msg("%s", error.text);
    }
    assert_int_equal(fclose(out), 0);
    const char *at = strstr(picture->pdf, "/Width ");
    assert_non_null(at);
    assert_int_equal(
        sscanf(at, "/Width %d/Height %d", &picture->width, &picture->height), 2);
    at = strstr(at, "stream\n");
    assert_non_null(at);
    picture->grey = (const uint8_t *)at + strlen("stream\n");
}

/* Dark pixels of a part that is given in hundredths of the page. */
static int
dark(const struct picture *picture, int left, int top, int right, int bottom)
{
    int count = 0;
    for (int y = picture->height * top / 100; y < picture->height * bottom / 100; y++) {
        for (int x = picture->width * left / 100; x < picture->width * right / 100; x++) {
            count += picture->grey[y * picture->width + x] < 128;
        }
    }
    return count;
}

static void
page_is_as_large_as_the_label(void **state)
{
    (void)state;
    static const char *const boxes[] = {
        "/MediaBox[0 0 175.75 82.20]", "/MediaBox[0 0 252.28 102.05]"};
    static const int widths[] = {732, 1051}, heights[] = {343, 425};
    struct bw_label label = {.first_name = "Carlijn", .name = "Ouwehand"};
    for (int size = 0; size < BW_LABEL_SIZES; size++) {
        struct picture picture;
        draw((enum bw_label_size)size, &label, &picture);
        assert_memory_equal(picture.pdf, "%PDF-1.4\n", 9);
        assert_non_null(strstr(picture.pdf, boxes[size]));
        assert_int_equal(picture.width, widths[size]);
        assert_int_equal(picture.height, heights[size]);
        const char *end = picture.pdf + picture.bytes - strlen("%%EOF\n");
        assert_string_equal(end, "%%EOF\n");
        free(picture.pdf);
    }
}

static void
name_school_and_region_have_their_places(void **state)
{
    (void)state;
    struct bw_label label = {
        .first_name = "Carlijn", .name = "Ouwehand", .school = "OBS De Brug"};
    struct picture picture;
    draw(BW_LABEL_62X29, &label, &picture);
    assert_true(dark(&picture, 3, 5, 60, 46) > 5000);      /* the first name, large */
    assert_true(dark(&picture, 3, 46, 60, 65) > 1000);     /* the last */
    assert_true(dark(&picture, 3, 65, 60, 80) > 500);      /* the school */
    assert_int_equal(dark(&picture, 78, 55, 100, 100), 0); /* no region, no disc */
    free(picture.pdf);
    (void)strcpy(label.region, "Noord");
    label.school[0] = '\0';
    draw(BW_LABEL_62X29, &label, &picture);
    assert_int_equal(dark(&picture, 3, 65, 60, 100), 0); /* nothing moves up */
    assert_true(dark(&picture, 78, 55, 100, 100) > 5000);
    free(picture.pdf);
}

/* A letter each: the same disc. */
static void
region_is_its_first_letters(void **state)
{
    (void)state;
    static const char *const alike[][2] = {{"Noord", "n"}, {"Noordwest", "Noord-West"},
        {"Regio Zuid", "Zuid"}, {"Zuid-Holland", "ZUID HOLLAND"}, {"Westland", "W"},
        {"noordoost", "NO"}, {"Één", "É"}};
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        struct bw_label label = {.first_name = "Bo"};
        struct picture pictures[2];
        for (int k = 0; k < 2; k++) {
            (void)strcpy(label.region, alike[i][k]);
            draw(BW_LABEL_62X29, &label, &pictures[k]);
        }
        bool two_letters = strcmp(alike[i][1], "NO") == 0; /* one word of two */
        bool same = pictures[0].bytes == pictures[1].bytes &&
                    memcmp(pictures[0].pdf, pictures[1].pdf, pictures[0].bytes) == 0;
        assert_int_equal(same, !two_letters);
        free(pictures[0].pdf);
        free(pictures[1].pdf);
    }
}

/* Never cut, never over the edge; a margin stays white. */
static void
longest_name_stays_on_the_label(void **state)
{
    (void)state;
    struct bw_label label = {.first_name = "Małgorzata-Anastasia Wilhelmina Johanna",
        .name = "van der Heijden-Wiśniewska tot Oud-Zuilen en Westbroek",
        .school = "Interconfessionele Brede School voor Speciaal Basisonderwijs De "
                  "Regenboog aan de Noorderhaven",
        .region = "Midden Noordoost-Brabant"};
    for (int size = 0; size < BW_LABEL_SIZES; size++) {
        struct picture picture;
        draw((enum bw_label_size)size, &label, &picture);
        assert_int_equal(dark(&picture, 0, 0, 100, 2), 0);
        assert_int_equal(dark(&picture, 0, 0, 2, 100), 0);
        assert_int_equal(dark(&picture, 97, 0, 100, 100), 0);
        assert_true(dark(&picture, 3, 5, 97, 46) > 5000);
        free(picture.pdf);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_is_as_large_as_the_label),
        cmocka_unit_test(name_school_and_region_have_their_places),
        cmocka_unit_test(region_is_its_first_letters),
        cmocka_unit_test(longest_name_stays_on_the_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
