"""A template fills no memory, whatever it multiplies, and its designer is told where."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError

from gapress.writers import sandbox
from gapress.writers.sandbox import MAX_LENGTH, MAX_MADE, BoundedEnvironment

if TYPE_CHECKING:
    from conftest import Newsroom

SET = "{% set x = 'x' * 3000000 %}"
LINES = "{% set x = '\n' * 3000000 %}"
TIMES = "{% for a in 'abcdefghij' %}" * 4
ENDS = "{% endfor %}" * 4
LOOP, END = "{% for a in 'abcdefghij' %}", "{% endfor %}"
HUGE = [
    SET + "{{ x.replace('x', 'y' * 3000)|length }}",
    SET + "{{ x.replace('', 'y' * 3000)|length }}",
    SET + "{{ x|replace('x', 'y' * 3000)|length }}",
    SET + "{{ ('x' * 3000).join(x)|length }}",
    SET + "{{ x|join('y' * 3000)|length }}",
    SET + "{{ x|map('upper')|join('y' * 3000)|length }}",
    SET + "{{ ('{0}' * 3000).format(x)|length }}",
    SET + "{{ ('{a}' * 3000).format_map({'a': x})|length }}",
    SET + "{{ ('%(a)s' * 3000) % {'a': x} }}",
    SET + "{{ ('%s' * 3000)|format(x) }}",
    SET + "{{ x|wordwrap(1, wrapstring='y' * 3000)|length }}",
    SET + "{{ x.translate({120: 'y' * 3000})|length }}",
    SET + "{{ x|list|length }}",
    SET + "{{ {}.fromkeys(x)|length }}",
    SET + "{% set a = [x, x, x, x] %}{{ a ~ a }}",
    SET + "{% set a = [x, x, x, x] %}{{ a }}",
    SET + "{% set a = [x, x, x, x] %}{{ a|string }}",
    SET + "{% set a = [x, x, x, x] %}{{ a|tojson }}",
    SET + "{% set a = [x, x, x, x] %}{{ ''.join(a) }}",
    SET + "{{ x + x + x + x }}",
    SET + "{{ x ~ x ~ x ~ x }}",
    SET + "{{ ('a.b ' * 3000)|urlize(rel=x) }}",
    LINES + "{{ x|indent(3000)|length }}",
    LINES + "{{ x|indent('y' * 3000)|length }}",
    "{{ ('\t' * 3000000).expandtabs(3000)|length }}",
    "{{ 'x'.center(10 ** 9) }}",
    "{{ 'x'|center(10 ** 9) }}",
    "{{ 'x'|center(width=10 ** 9) }}",
    "{{ 'x'.ljust(10 ** 9) }}",
    "{{ 'x'.rjust(10 ** 9) }}",
    "{{ 'x'.zfill(10 ** 9) }}",
    "{{ 'x'.encode().zfill(10 ** 9) }}",
    "{{ (5).to_bytes(10 ** 9, 'big') }}",
    "{{ '%999999999d' % 5 }}",
    "{{ '%*d' % (10 ** 9, 5) }}",
    "{{ '%.999999999f' % 5 }}",
    "{{ '%999999999d'|format(5) }}",
    "{{ '{:>999999999}'.format('x') }}",
    "{{ '{:>{}}'.format('x', 10 ** 9) }}",
    "{{ '{:>{w}}'.format('x', w=10 ** 9) }}",
    "{{ ('{:>999999999}'|attr('format'))('x') }}",
    "{{ [1]|batch(10 ** 9, 'x')|list|length }}",
    "{{ [1]|slice(10 ** 9)|list|length }}",
    "{{ [[1], [2]]|tojson(indent=10 ** 9) }}",
    "{{ 2 ** (10 ** 9) }}",
    "".join(f"{{% set x{n + 1} = [x{n}, x{n}] %}}" for n in range(40)).replace("x0", "'x'", 2) + "{{ x40 }}",
    "{% set x = 'x' * 10 %}" + "{% set x = x + x %}" * 40 + "{{ x|length }}",
    "{% set x = 'x' * 10 %}" + "{% set x = x ~ x %}" * 40 + "{{ x|length }}",
    "{% set x = ['x'] %}" + "{% set x = x + x %}" * 40 + "{{ x|length }}",
    TIMES + "x" * 20_000 + ENDS,
    "{% macro m() %}" + TIMES + "x" * 20_000 + ENDS + "{% endmacro %}{{ m()|length }}",
    "{% set s %}" + TIMES + "x" * 20_000 + ENDS + "{% endset %}{{ s|length }}",
    "{% for a in 'x' * 100 %}{{ 'x' * 9000000 }}{% endfor %}",
    "{% for a in 'x' * 100 %}{{ 'x'|center(9000000) }}{% endfor %}",
    "{{ ('x' * 100)|map('center', 9000000)|list|length }}",
]  # fmt: skip


def rendered(template: str) -> str:
    environment = BoundedEnvironment(autoescape=False)
    environment.bound_filters()
    environment.begin()
    return environment.from_string(template).render()


@pytest.fixture
def _tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of each limit: what matters is that there is one, and a test takes less time."""
    for name in ("MAX_STEPS", "MAX_LENGTH", "MAX_MADE", "MAX_ITEMS"):
        monkeypatch.setattr(sandbox, name, getattr(sandbox, name) // 10)


@pytest.mark.usefixtures("_tight")
@pytest.mark.parametrize(
    "template",
    [
        f"{LOOP * 7}{END * 7}",
        "{% macro f(n) %}{% if n < 60 %}{{ f(n + 1) }}{{ f(n + 1) }}{% endif %}{% endmacro %}{{ f(0) }}",
    ],
)
def test_loops_and_calls_end(template: str) -> None:
    with pytest.raises(SecurityError, match="takes more than 100,000 steps"):
        rendered(template)


@pytest.mark.usefixtures("_tight")
@pytest.mark.parametrize("template", HUGE, ids=range(len(HUGE)))
def test_what_multiplies_is_bounded(template: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(SecurityError, match=r"too large|makes more than|takes more than"):
            rendered(template)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 3 * sandbox.MAX_MADE


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ 'a-b'.replace('-', ' – ') }}", "a – b"),
        ("{{ ['a', 'b']|join(', ') }}", "a, b"),
        ("{{ ['a', 'b']|map('upper')|join(', ') }}", "A, B"),
        ("{{ ', '.join(['a', 'b']) }}", "a, b"),
        ("{{ '%05.1f|%s' % (2.25, 'x') }}", "002.2|x"),
        ("{{ '%05.1f'|format(2.25) }}", "002.2"),
        ("{{ '{:>5}|{a}'.format('x', a=1) }}", "    x|1"),
        ("{{ 'x'.center(5) ~ 1 ~ [2] }}", "  x  1[2]"),
        ("{{ 'a\nb'|indent }}", "a\n    b"),
        ("{{ [1, 2, 3]|batch(2, 0)|list }}", "[[1, 2], [3, 0]]"),
        ("{{ [1, 2]|sum }}", "3"),
        ("{{ [[1], [2]]|sum(start=[]) }}", "[1, 2]"),
        ("{{ {'a': [1]}|tojson }}", '{"a": [1]}'),
        ("{{ 'a b'.split()|length }}", "2"),
        ("{{ 2 ** 10 + 1 }} {{ 7 % 3 }}", "1025 1"),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m('a') }}", "<a>"),
        ("{% for a in [1, 2] %}{{ loop.index }}/{{ loop.length }} {% endfor %}", "1/2 2/2 "),
        ("{% filter upper %}a{{ 'b' }}{% endfilter %}", "AB"),
    ],
)  # fmt: skip
def test_what_templates_do_every_day_works(template: str, shown: str) -> None:
    assert rendered(template) == shown


@given(st.text(max_size=20), st.text(max_size=3), st.text(max_size=5), st.integers(-3, 30))
def test_small_results_are_those_of_python(text: str, old: str, new: str, width: int) -> None:
    environment = BoundedEnvironment(autoescape=False)
    environment.bound_filters()
    environment.begin()
    template = environment.from_string(
        "{{ [t.replace(o, n), t.center(w), t.zfill(w), o.join([t, n]), t ~ o + n, t * w]|tojson }}"
    )
    made = template.render(t=text, o=old, n=new, w=width)
    from jinja2.utils import htmlsafe_json_dumps

    wanted = [text.replace(old, new), text.center(width), text.zfill(width)]
    wanted += [old.join([text, new]), text + old + new, text * width]
    assert made == str(htmlsafe_json_dumps(wanted))


def test_the_designer_is_told_the_line(newsroom: Newsroom) -> None:
    newsroom.write("templates/release.txt", "\n\n{{ 'x'.center(10 ** 9) }}")
    result = newsroom.run("render", "-f", "txt", "-l", "en")
    assert result.exit_code == 1
    told = "templates/release.txt:3: the template failed: the result of center is too large"
    assert told in result.output


def test_limits_are_far_above_what_a_release_needs() -> None:
    assert rendered("{{ ('word ' * 100000)|length }}") == "500000"
    assert MAX_LENGTH < MAX_MADE
