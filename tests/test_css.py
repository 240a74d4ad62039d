"""Style sheets load nothing and end nothing, however it is written; told at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapress.writers.css import offences

if TYPE_CHECKING:
    from conftest import Newsroom

LOADING = [
    "body{background:url(http://h/x)}",
    "body{background:\\75rl(http://h/x)}",
    "body{background:u\\72l(http://h/x)}",
    "body{background:\\000055\\52 L(http://h/x)}",
    "body{background:URL( 'x.png' )}",
    "body{background:url(/**/x.png)}",
    "body{background:url(//h/x)}",
    "body{background:url(data:text/html,x)}",
    "body{background:url(a b)}",
    "@import 'x.css';",
    "@\\69mport 'http://h/x.css';",
    "@IMPORT url(x.css) screen;",
    "@import url(data:text/css,x);",
    "@namespace url(http://h/x);",
    "@font-face{font-family:a;src:url(http://h/x.woff2) format('woff2')}",
    "@font-face{font-family:a;src:local('A'),url('x.woff2')}",
    "body{background:image-set('http://h/x' 1x)}",
    "body{background:-webkit-image-set('x.png' 1x)}",
    "body{background:image-set(var(--a) 1x)}",
    "body{background:cross-fade('x.png', red)}",
    "body{background:image('x.png')}",
    "body{background:src('x.png')}",
    "body{background:src(var(--a))}",
    "body{--a:url(http://h/x)}",
    "body{--a:{b:url(http://h/x)}}",
    "body{background:var(--a, url(http://h/x))}",
    "body{background:attr(title url)}",
    "body{background:attr(title type(<url>))}",
    "@media print{a{b:c;&:hover{background:url(http://h/x)}}}",
    "@supports (a:url(http://h/x)){}",
    "a{filter:progid:X(src='http://h/x')}",
    "a{behavior:url(x.htc)}",
    "a{cursor:url(x.cur),auto}",
    "a{b:/**/\\75 rl/**/('x')} a{c:url(x.png)}",
]
ENDING = [
    "a{}</style><script>1</script>",
    "a{}</STYLE >",
    "/* <!-- */",
    "a{} -->",
    "a{content:']]>'}",
]
FINE = [
    "a{background:url(data:image/png;base64,AAAA)}",
    "a{background:url('data:image/svg+xml;utf8,<svg></svg>')}",
    "a{background:URL(#a)}",
    "a{content:'url(http://h/x)'}",
    "a{content:'https://example.org'}",
    "/* url(http://h/x) */ a{color:red}",
    "@font-face{font-family:a;src:url(data:font/woff2;base64,AAAA) format('woff2')}",
    "@media (width < 600px) and (width > 1px){a>b{color:rgb(1 2 3 / 50%)}}",
    "a[href^='http://']{color:var(--a, #123)}",
    "a::after{content:attr(href)}",
    "@page{@top-left{content:element(running)}}",
    "a{width:calc(1px + 2em);background:image-set('data:image/png;base64,A' type('image/png'))}",
]


@pytest.mark.parametrize("css", LOADING)
def test_what_loads_is_found(css: str) -> None:
    (found, *_) = offences(css)
    assert found.message.startswith("the page would load ")
    assert (found.line, found.column) >= (1, 1)


@pytest.mark.parametrize("css", ENDING)
def test_what_ends_the_style_element_is_found(css: str) -> None:
    (found,) = offences(css)
    assert "ends the style sheet" in found.message


@pytest.mark.parametrize("css", FINE)
def test_what_loads_nothing_is_fine(css: str) -> None:
    assert offences(css) == ()


@given(
    st.lists(st.booleans(), min_size=3, max_size=3), st.sampled_from(["http://h/x", "x.png", "//h"])
)
def test_escapes_hide_nothing(escaped: list[bool], address: str) -> None:
    name = "".join(f"\\{ord(c):06x}" if e else c for c, e in zip("url", escaped, strict=True))
    assert offences(f"a{{background:{name}({address})}}")


@pytest.mark.parametrize("command", [["check"], ["render", "-f", "html", "-l", "en"]])
@pytest.mark.parametrize(
    ("added", "message"),
    [
        (
            "body { background: \\75rl(http://h/x) }",
            ":20: the page would load http://h/x; embed it",
        ),
        ("a {}</style><b>", ":5: </style ends the style sheet, and what follows"),
    ],
)
def test_the_designer_is_told_line_and_column(
    added: str, message: str, command: list[str], newsroom: Newsroom
) -> None:
    newsroom.write(
        "templates/screen.css", f"{{# a note\n#}}\n{{% if document %}}\n{added}\n{{% endif %}}"
    )
    result = newsroom.run(*command)
    assert result.exit_code == 1
    assert f"templates/screen.css:4{message}" in result.output


@pytest.mark.parametrize("name", ["paged.css", "email.css"])
def test_every_style_sheet_is_judged(name: str, newsroom: Newsroom) -> None:
    newsroom.write(f"templates/{name}", "\n@\\69mport 'http://h/x';")
    result = newsroom.run("render", "-l", "en")
    assert result.exit_code == 1
    assert f"templates/{name}:2:1: the page would load http://h/x" in result.output


def test_what_a_variable_brings_is_judged(newsroom: Newsroom) -> None:
    newsroom.write(
        "templates/screen.css", "{% set a = 'rl(http://h/x)' %}a { background: u{{ a }} }"
    )
    result = newsroom.run("render", "-f", "html", "-l", "en")
    assert "templates/screen.css: the page would load http://h/x" in result.output


@pytest.mark.parametrize(
    "part",
    [
        '<p style="background:\\75rl(http://h/x)">',
        '<svg><path fill="u\\72l(http://h/x)"/></svg>',
        "<style>a{background:src('x')}</style>",
        '<img srcset="data:image/png,a 1x, http://h/x 2x">',
        '<body background="http://h/x">',
        '<link rel="stylesheet" href="x.css">',
        '<iframe srcdoc="&lt;img src=x&gt;"></iframe>',
        '<meta http-equiv="Refresh" content="0; url=http://h/x">',
    ],
)
def test_what_a_page_would_load_elsewhere(part: str, newsroom: Newsroom) -> None:
    newsroom.write("templates/release.html", f"<!DOCTYPE html><title>x</title>{part}")
    result = newsroom.run("render", "-f", "html", "-l", "en")
    assert result.exit_code == 1
    assert "templates/release.html: the page would load " in result.output
