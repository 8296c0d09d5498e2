/* The order in which one person's events are folded (P5 of brugwachter/presence.h).
 *
 * By stamp, but for an event that refers to a later one: it stands after that. So it is
 * the first topological order by stamp (Kahn 1962, with a heap) of a graph whose nodes
 * are the facts, by rank, and the numbers that some fact refers to: a fact leads to its
 * own number, a number to the facts that refer to it. Nodes and edges are as many as the
 * facts and their references, so it costs O(n log n) however hostile they are.
 *
 * Events that refer to each other in a ring are some kiosk's lie. Where the first try
 * gets stuck, the rings are found (Tarjan 1972, without recursion), and references inside
 * one put nothing after anything; instead, a ring's `left` stand before the rest of it:
 * nobody can be kept out by numbers that were named before they were given. */
#include "person.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX

/* The graph, in one block of memory. Nodes below `facts_count` are facts by rank, the
 * others numbers. */
struct graph {
    struct fact **facts; /* by stamp; borrowed */
    uint32_t facts_count, nodes_count, edges_count;
    uint32_t *block;
    uint32_t *start;  /* of a node's edges; nodes_count + 1 */
    uint32_t *to;     /* edges_count */
    uint32_t *degree; /* how many edges lead to a node, not walked yet */
    uint32_t *heap;   /* ranks that may go next */
    uint32_t heap_count;
    uint32_t *order; /* ranks in folding order */
    uint32_t order_count;
    uint32_t *ring;    /* of a node, its number; NULL before rings were looked for */
    uint32_t *lefts;   /* of a ring: `left` that haven't gone yet */
    uint32_t *waiting; /* of a ring: the first rank that waits for those; NONE */
    uint32_t *next;    /* … and the next */
};

static int
compare_facts(const void *left, const void *right)
{
    return bw_presence_fact_compare(
        *(const struct fact *const *)left, *(const struct fact *const *)right);
}

static bool
is_node(const struct fact *fact, const struct entry *entry)
{
    return entry->node != NONE && bw_presence_fact_follows(fact, entry);
}

/* True where the order by stamp is the order of references too, as it nearly always is.
 * Of a fork it isn't said. */
static bool
stamps_agree(const struct person *person)
{
    for (size_t i = 0; i < person->count; i++) {
        const struct fact *fact = person->facts[i];
        for (int r = 0; r < fact->refs_count; r++) {
            const struct fact *before = fact->refs[r]->facts;
            if (before == NULL || !bw_presence_fact_follows(fact, fact->refs[r])) {
                continue;
            }
            if (before->next_same_id != NULL ||
                (before->person == person && before->rank >= fact->rank)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- the graph ---- */

static void
number_nodes(struct graph *graph)
{
    for (uint32_t i = 0; i < graph->facts_count; i++) {
        struct fact *fact = graph->facts[i];
        fact->entry->node = NONE;
        for (int r = 0; r < fact->refs_count; r++) {
            fact->refs[r]->node = NONE;
        }
    }
    graph->nodes_count = graph->facts_count;
    for (uint32_t i = 0; i < graph->facts_count; i++) {
        struct fact *fact = graph->facts[i];
        for (int r = 0; r < fact->refs_count; r++) {
            if (fact->refs[r]->node == NONE) {
                fact->refs[r]->node = graph->nodes_count++;
            }
        }
        graph->edges_count += (uint32_t)fact->refs_count + 1;
    }
}

static bool
make_room(struct graph *graph)
{
    size_t nodes = graph->nodes_count, facts = graph->facts_count;
    size_t capacity = (nodes + 1) + graph->edges_count + nodes + 2 * facts;
    graph->block = calloc(capacity, sizeof *graph->block);
    if (graph->block == NULL) {
        return false;
    }
    graph->start = graph->block;
    graph->to = graph->start + nodes + 1;
    graph->degree = graph->to + graph->edges_count;
    graph->heap = graph->degree + nodes;
    graph->order = graph->heap + facts;
    return true;
}

typedef void on_edge(struct graph *graph, uint32_t from, uint32_t to);

static void
each_edge(struct graph *graph, on_edge *on)
{
    for (uint32_t i = 0; i < graph->facts_count; i++) {
        const struct fact *fact = graph->facts[i];
        if (fact->entry->node != NONE) {
            on(graph, i, fact->entry->node);
        }
        for (int r = 0; r < fact->refs_count; r++) {
            if (is_node(fact, fact->refs[r])) {
                on(graph, fact->refs[r]->node, i);
            }
        }
    }
}

static void
count_edge(struct graph *graph, uint32_t from, uint32_t to)
{
    (void)to;
    graph->start[from + 1]++;
}

/* `degree` says how many of a node's edges are there already, until all are. */
static void
put_edge(struct graph *graph, uint32_t from, uint32_t to)
{
    graph->to[graph->start[from] + graph->degree[from]++] = to;
}

static void
put_edges(struct graph *graph)
{
    each_edge(graph, count_edge);
    for (uint32_t i = 0; i < graph->nodes_count; i++) {
        graph->start[i + 1] += graph->start[i];
    }
    each_edge(graph, put_edge);
}

/* ---- a heap of ranks, the lowest first ---- */

static void
heap_push(struct graph *graph, uint32_t rank)
{
    uint32_t at = graph->heap_count++;
    while (at > 0 && graph->heap[(at - 1) / 2] > rank) {
        graph->heap[at] = graph->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    graph->heap[at] = rank;
}

static uint32_t
heap_pop(struct graph *graph)
{
    assert(graph->heap_count > 0);
    uint32_t lowest = graph->heap[0];
    uint32_t moved = graph->heap[--graph->heap_count];
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child + 1 < graph->heap_count &&
            graph->heap[child + 1] < graph->heap[child]) {
            child++;
        }
        if (child >= graph->heap_count || graph->heap[child] >= moved) {
            break;
        }
        graph->heap[at] = graph->heap[child];
        at = child;
    }
    graph->heap[at] = moved;
    return lowest;
}

/* ---- the order ---- */

static bool
is_left(const struct graph *graph, uint32_t node)
{
    return node < graph->facts_count && graph->facts[node]->kind == BW_EVENT_LEFT;
}

/* What leads to a fact of the same ring puts it after nothing. */
static bool
holds(const struct graph *graph, uint32_t from, uint32_t to)
{
    return graph->ring == NULL || to >= graph->facts_count ||
           graph->ring[from] != graph->ring[to];
}

static void
count_degrees(struct graph *graph)
{
    memset(graph->degree, 0, graph->nodes_count * sizeof *graph->degree);
    for (uint32_t from = 0; from < graph->nodes_count; from++) {
        for (uint32_t e = graph->start[from]; e < graph->start[from + 1]; e++) {
            graph->degree[graph->to[e]] += holds(graph, from, graph->to[e]);
        }
    }
}

/* Nothing stands before it any more, but perhaps its ring's `left`. */
static void
make_ready(struct graph *graph, uint32_t rank)
{
    if (graph->ring != NULL && !is_left(graph, rank) &&
        graph->lefts[graph->ring[rank]] > 0) {
        graph->next[rank] = graph->waiting[graph->ring[rank]];
        graph->waiting[graph->ring[rank]] = rank;
        return;
    }
    heap_push(graph, rank);
}

/* A number goes as soon as its facts have, and takes no place. */
static void
walk_edges(struct graph *graph, uint32_t from)
{
    for (uint32_t e = graph->start[from]; e < graph->start[from + 1]; e++) {
        uint32_t to = graph->to[e];
        if (!holds(graph, from, to) || --graph->degree[to] > 0) {
            continue;
        }
        if (to < graph->facts_count) {
            make_ready(graph, to);
        } else {
            walk_edges(graph, to); /* its edges lead to facts alone: no deeper */
        }
    }
}

static void
leave_ring(struct graph *graph, uint32_t rank)
{
    uint32_t ring = graph->ring[rank];
    if (!is_left(graph, rank) || --graph->lefts[ring] > 0) {
        return;
    }
    for (uint32_t at = graph->waiting[ring]; at != NONE; at = graph->next[at]) {
        heap_push(graph, at);
    }
}

/* False where it got stuck: there are rings. */
static bool
put_in_order(struct graph *graph)
{
    graph->heap_count = graph->order_count = 0;
    count_degrees(graph);
    for (uint32_t node = 0; node < graph->facts_count; node++) {
        if (graph->degree[node] == 0) {
            make_ready(graph, node);
        }
    }
    for (uint32_t node = graph->facts_count; node < graph->nodes_count; node++) {
        if (graph->degree[node] == 0) {
            walk_edges(graph, node);
        }
    }
    while (graph->heap_count > 0) {
        uint32_t rank = heap_pop(graph);
        graph->order[graph->order_count++] = rank;
        walk_edges(graph, rank);
        if (graph->ring != NULL) {
            leave_ring(graph, rank);
        }
    }
    return graph->order_count == graph->facts_count;
}

/* ---- rings ---- */

/* One search, node by node: what each has seen, and the way back. */
struct ring_search {
    uint32_t *seen;   /* when it was found, from 1; 0: not yet */
    uint32_t *low;    /* the first that is reached from it and has no ring yet */
    uint32_t *parent; /* from which it was found */
    uint32_t *edge;   /* the next of its edges to look along */
    uint32_t *below;  /* of those found that have no ring yet: the one before */
    uint32_t top, clock, rings_count;
};

static void
find_node(struct graph *graph, struct ring_search *search, uint32_t node, uint32_t parent)
{
    search->seen[node] = search->low[node] = ++search->clock;
    search->parent[node] = parent;
    search->edge[node] = graph->start[node];
    search->below[node] = search->top;
    search->top = node;
}

static void
close_ring(struct graph *graph, struct ring_search *search, uint32_t node)
{
    uint32_t ring = search->rings_count++;
    uint32_t member = NONE;
    while (member != node) {
        member = search->top;
        search->top = search->below[member];
        graph->ring[member] = ring;
        graph->lefts[ring] += is_left(graph, member);
    }
}

static void
search_from(struct graph *graph, struct ring_search *search, uint32_t root)
{
    uint32_t node = root;
    find_node(graph, search, node, NONE);
    while (node != NONE) {
        if (search->edge[node] < graph->start[node + 1]) {
            uint32_t to = graph->to[search->edge[node]++];
            if (search->seen[to] == 0) {
                find_node(graph, search, to, node);
                node = to;
            } else if (graph->ring[to] == NONE && search->seen[to] < search->low[node]) {
                search->low[node] = search->seen[to];
            }
            continue;
        }
        if (search->low[node] == search->seen[node]) {
            close_ring(graph, search, node);
        }
        uint32_t parent = search->parent[node];
        if (parent != NONE && search->low[node] < search->low[parent]) {
            search->low[parent] = search->low[node];
        }
        node = parent;
    }
}

/* A node outside every ring is a ring of its own. */
static bool
find_rings(struct graph *graph)
{
    size_t nodes = graph->nodes_count;
    uint32_t *found = calloc(4 * nodes, sizeof *found);
    uint32_t *searched = calloc(5 * nodes, sizeof *searched);
    if (found == NULL || searched == NULL) {
        free(found);
        free(searched);
        return false;
    }
    graph->ring = found;
    graph->lefts = found + nodes;
    graph->waiting = found + 2 * nodes;
    graph->next = found + 3 * nodes;
    struct ring_search search = {.seen = searched,
        .low = searched + nodes,
        .parent = searched + 2 * nodes,
        .edge = searched + 3 * nodes,
        .below = searched + 4 * nodes,
        .top = NONE};
    for (size_t i = 0; i < nodes; i++) {
        graph->ring[i] = graph->waiting[i] = NONE;
    }
    for (uint32_t node = 0; node < graph->nodes_count; node++) {
        if (search.seen[node] == 0) {
            search_from(graph, &search, node);
        }
    }
    free(searched);
    return true;
}

/* Sorts by the graph; graph->facts is the person's own array. */
static bool
sort(struct graph *graph)
{
    number_nodes(graph);
    if (!make_room(graph)) {
        return false;
    }
    put_edges(graph);
    if (!put_in_order(graph)) {
        if (!find_rings(graph)) {
            return false;
        }
        bool done = put_in_order(graph);
        assert(done); /* P5: no ring is left to be stuck in */
        (void)done;
    }
    struct fact **sorted = malloc(graph->facts_count * sizeof(struct fact *));
    if (sorted == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < graph->facts_count; i++) {
        sorted[i] = graph->facts[graph->order[i]];
    }
    memcpy(graph->facts, sorted, graph->facts_count * sizeof(struct fact *));
    free(sorted);
    return true;
}

bool
bw_presence_order(struct person *person)
{
    if (person->count == 0) {
        return true;
    }
    qsort(person->facts, person->count, sizeof(struct fact *), compare_facts);
    for (size_t i = 0; i < person->count; i++) {
        person->facts[i]->rank = (uint32_t)i;
    }
    if (stamps_agree(person)) {
        return true;
    }
    struct graph graph = {.facts = person->facts, .facts_count = (uint32_t)person->count};
    bool done = sort(&graph);
    free(graph.block);
    free(graph.ring);
    return done;
}
