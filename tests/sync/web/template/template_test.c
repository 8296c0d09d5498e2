/* Templates: what they put into a page is escaped for where it stands, and what could not
 * be is refused when they are read. */
#include "tests/sync/testing.h"

#include "web/template/template.h"

#include <stdlib.h>
#include <string.h>

static struct bw_web_templates templates;
static char page[4096];

static int
forget_templates(void **state)
{
    (void)state;
    bw_web_templates_finish(&templates);
    return 0;
}

static const char *
say(const void *context, const char *key, unsigned long n)
{
    (void)context;
    if (strcmp(key, "number.mark") == 0) {
        return ".";
    }
    if (strcmp(key, "step") == 0) {
        return "Stap {step}";
    }
    return strcmp(key, "hello") != 0 ? key
           : n == 1                  ? "Dag {name}"
                                     : "Dag {n} keer {name}";
}

static enum bw_status
add(const char *name, const char *text, struct bw_error *err)
{
    return bw_web_template_add(&templates, name, text, strlen(text), err);
}

/* The template filled in; "" where it can't be. Takes the model. */
static const char *
filled(const char *text, json_t *model)
{
    const struct bw_web_tongue tongue = {.say = say};
    struct bw_error err = {.text = ""};
    char *body = NULL;
    size_t bytes = 0;
    bw_web_templates_finish(&templates);
    assert_int_equal(add("part", "[{{name}}]", &err), BW_OK);
    if (add("page", text, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
    FILE *to = open_memstream(&body, &bytes);
    enum bw_status status =
        bw_web_template_write(&templates, "page", model, &tongue, to, &err);
    (void)fclose(to);
    (void)snprintf(page, sizeof page, "%s", status == BW_OK ? body : "");
    free(body);
    json_decref(model);
    return page;
}

static json_t *
named(const char *name)
{
    return json_pack("{s:s, s:i}", "name", name, "n", 2);
}

/* WT1 */
static void
a_value_in_text_can_begin_no_tag_and_no_entity(void **state)
{
    (void)state;
    assert_string_equal(filled("<p>{{name}}</p>", named("<b>&amp;'\"")),
        "<p>&lt;b&gt;&amp;amp;&#39;&quot;</p>");
}

static void
a_value_in_an_attribute_cant_end_it(void **state)
{
    (void)state;
    assert_string_equal(filled("<a title=\"{{name}}\">x</a>", named("\" onclick=\"x")),
        "<a title=\"&quot; onclick=&quot;x\">x</a>");
}

/* WT3 */
static void
a_value_in_an_address_is_one_component_of_it(void **state)
{
    (void)state;
    assert_string_equal(
        filled("<a href=\"/kring/{{name}}?q={{name}}\">x</a>", named("../x?y&z#\"é")),
        "<a href=\"/kring/..%2Fx%3Fy%26z%23%22%C3%A9?q=..%2Fx%3Fy%26z%23%22%C3%A9\">x</"
        "a>");
}

static void
an_address_of_a_person_is_as_it_is_dialled_or_written(void **state)
{
    (void)state;
    assert_string_equal(filled("<a href=\"tel:{{name}}\">x</a>", named("+31582345678")),
        "<a href=\"tel:+31582345678\">x</a>");
    assert_string_equal(
        filled("<a href=\"mailto:{{name}}\">x</a>", named("a+b@een.example?cc=c&x,y")),
        "<a href=\"mailto:a+b@een.example%3Fcc%3Dc%26x%2Cy\">x</a>");
}

static void
a_sentence_is_escaped_and_so_are_the_values_in_it(void **state)
{
    (void)state;
    assert_string_equal(
        filled("<p>{{=hello n}}</p>", named("<i>")), "<p>Dag 2 keer &lt;i&gt;</p>");
    assert_string_equal(
        filled("<p>{{=hello n}}</p>", json_pack("{s:s, s:i}", "name", "A", "n", 1)),
        "<p>Dag A</p>");
}

static void
a_count_in_a_sentence_is_grouped_and_a_number_that_names_isnt(void **state)
{
    (void)state;
    assert_string_equal(filled("<p>{{=hello n}} {{n}}</p>",
                            json_pack("{s:s, s:i}", "name", "A", "n", 1234567)),
        "<p>Dag 1.234.567 keer A 1234567</p>");
    assert_string_equal(
        filled("<p>{{=hello n}}</p>", json_pack("{s:s, s:i}", "name", "A", "n", 999)),
        "<p>Dag 999 keer A</p>");
    assert_string_equal(filled("<p>{{=step step}}</p>", json_pack("{s:i}", "step", 1240)),
        "<p>Stap 1240</p>");
}

static void
sections_repeat_fall_back_to_what_is_around_and_know_nothing(void **state)
{
    (void)state;
    json_t *model = json_pack(
        "{s:s, s:[{s:i},{s:i}], s:[]}", "name", "A", "list", "n", 1, "n", 2, "none");
    assert_string_equal(
        filled(
            "{{#list}}{{name}}{{n}} {{/list}}{{^none}}leeg{{/none}}{{#none}}x{{/none}}",
            model),
        "A1 A2 leeg");
    assert_string_equal(filled("<i{{#n}} title=\"{{n}}\"{{/n}}>{{>part}}", named("A")),
        "<i title=\"2\">[A]");
}

static void
a_value_that_is_nowhere_is_an_error_and_no_gap(void **state)
{
    (void)state;
    assert_string_equal(filled("<p>{{nobody}}</p>", named("A")), "");
    assert_string_equal(filled("{{>nothing}}", named("A")), "");
}

static void
templates_that_nest_in_themselves_end(void **state)
{
    (void)state;
    assert_string_equal(filled("x{{>page}}", named("A")), "");
}

/* WT2, WT3, WT4 */
static void
what_would_put_a_value_where_it_runs_is_refused(void **state)
{
    static const char *const wrong[] = {
        "<script>var x = \"{{name}}\";</script>",
        "<script>alert(1)</script>",
        "<style>p { color: {{name}} }</style>",
        "<style>p { color: red }</style>",
        "<p onclick=\"{{name}}\">x</p>",
        "<p style=\"{{name}}\">x</p>",
        "<iframe srcdoc=\"{{name}}\"></iframe>",
        "<meta content=\"{{name}}\">",
        "<a href=\"{{name}}\">x</a>",
        "<a href=\"javascript:{{name}}\">x</a>",
        "<a href=\"https:{{name}}\">x</a>",
        "<form action=\"{{name}}\"></form>",
        "<a href=\"{{#name}}/{{/name}}{{name}}\">x</a>",
        "<a href=/{{name}}>x</a>",
        "<a title='{{name}}'>x</a>",
        "<a {{name}}>x</a>",
        "<{{name}}>",
        "<a title={{name}}>x</a>",
        "<!-- {{name}} -->",
        "<p>{{name}</p>",
        "<p>{{{name}}}</p>",
        "<p>{{&name}}</p>",
        "<p>{{}}</p>",
        "{{#name}}<p>",
        "{{#name}}<p {{/name}}>",
        "<a title=\"{{#name}}\">x{{/name}}</a>",
        "{{/name}}",
        "{{#name}}{{/other}}",
        "<a {{>part}}>",
        "<p",
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bw_error err = {.text = ""};
        if (add("wrong", wrong[i], &err) != BW_BAD_INPUT) {
            fail_msg("taken: %s", wrong[i]);
        }
        assert_non_null(strstr(err.text, "line 1"));
    }
}

static void
a_loaded_script_and_plain_html_are_fine(void **state)
{
    struct bw_error err;
    (void)state;
    assert_int_equal(add("fine",
                         "<!doctype html><script src=\"/desk.js\" defer></script>"
                         "<a href=\"tel:{{name}}\"></a><a href=\"mailto:{{name}}\"></a>"
                         "<use href=\"#i-{{name}}\"/><br><input value=\"{{name}}\"/>",
                         &err),
        BW_OK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(
            a_value_in_text_can_begin_no_tag_and_no_entity, forget_templates),
        cmocka_unit_test_teardown(a_value_in_an_attribute_cant_end_it, forget_templates),
        cmocka_unit_test_teardown(
            a_value_in_an_address_is_one_component_of_it, forget_templates),
        cmocka_unit_test_teardown(
            an_address_of_a_person_is_as_it_is_dialled_or_written, forget_templates),
        cmocka_unit_test_teardown(
            a_sentence_is_escaped_and_so_are_the_values_in_it, forget_templates),
        cmocka_unit_test_teardown(
            a_count_in_a_sentence_is_grouped_and_a_number_that_names_isnt,
            forget_templates),
        cmocka_unit_test_teardown(
            sections_repeat_fall_back_to_what_is_around_and_know_nothing,
            forget_templates),
        cmocka_unit_test_teardown(
            a_value_that_is_nowhere_is_an_error_and_no_gap, forget_templates),
        cmocka_unit_test_teardown(
            templates_that_nest_in_themselves_end, forget_templates),
        cmocka_unit_test_teardown(
            what_would_put_a_value_where_it_runs_is_refused, forget_templates),
        cmocka_unit_test_teardown(
            a_loaded_script_and_plain_html_are_fine, forget_templates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
