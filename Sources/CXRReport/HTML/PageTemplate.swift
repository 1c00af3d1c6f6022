// SPDX-License-Identifier: Apache-2.0

/// The Mustache templates of the HTML report, part of the binary so that it can be moved freely.
enum PageTemplate {
  /// The page.
  static let page = """
    {{% CONTENT_TYPE:ESCAPED_HTML}}<!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'">
    <title>{{title}}</title>
    <style>
    {{{styleSheet}}}
    </style>
    </head>
    <body>
    <header>
    <h1>{{title}}</h1>
    {{#chapters}}
    <section class="answer">
    <h2><a href="#{{anchor}}">{{question}}</a></h2>
    <p>{{answer}}</p>
    </section>
    {{/chapters}}
    {{^empty(warnings)}}
    <section class="warnings">
    <h2>Before you quote a number</h2>
    <ul>
    {{#warnings}}
    <li>{{.}}</li>
    {{/warnings}}
    </ul>
    </section>
    {{/empty(warnings)}}
    {{^empty(note)}}
    <p class="note">{{note}}</p>
    {{/empty(note)}}
    </header>
    <nav>
    <h2>Contents</h2>
    <ul>
    {{#chapters}}
    <li><a href="#{{anchor}}">{{heading}}</a>
    <ul>
    {{#contents}}
    <li><a href="#{{target}}">{{words}}</a></li>
    {{/contents}}
    </ul>
    </li>
    {{/chapters}}
    <li><a href="#provenance">Where the numbers come from</a></li>
    </ul>
    </nav>
    <main>
    {{#chapters}}
    <section id="{{anchor}}">
    <h2>{{heading}}</h2>
    {{#figures}}
    <figure id="{{pictureAnchor}}">
    {{{svg}}}
    <figcaption><b>{{pictureTitle}}.</b> {{caption}}</figcaption>
    </figure>
    {{/figures}}
    {{#tables}}
    {{> table}}
    {{/tables}}
    </section>
    {{/chapters}}
    <section id="provenance">
    <h2>Where the numbers come from</h2>
    {{#chapters}}
    {{#origin}}
    {{> provenance}}
    {{/origin}}
    {{/chapters}}
    </section>
    </main>
    </body>
    </html>

    """

  /// One table.
  static let table = """
    {{% CONTENT_TYPE:ESCAPED_HTML}}<section class="table" id="{{gridAnchor}}">
    <h3>{{gridTitle}}</h3>
    <div class="scroll">
    <table class="{{density}}">
    <thead><tr>{{#headings}}<th scope="col" class="{{side}}">{{word}}</th>{{/headings}}</tr></thead>
    <tbody>
    {{#lines}}
    <tr class="{{kind}}">{{#fields}}<td class="{{fieldSide}}"\
    {{^empty(cellAnchor)}} id="{{cellAnchor}}"{{/empty(cellAnchor)}}{{^empty(hint)}} title="{{hint}}"\
    {{/empty(hint)}}>{{^empty(link)}}<a href="{{link}}">{{value}}</a>{{/empty(link)}}\
    {{#empty(link)}}{{value}}{{/empty(link)}}{{^empty(mark)}}<sup>{{mark}}</sup>{{/empty(mark)}}\
    {{^empty(interval)}} <span class="interval">{{interval}}</span>{{/empty(interval)}}</td>\
    {{/fields}}</tr>
    {{/lines}}
    </tbody>
    </table>
    </div>
    {{#notes}}
    <p class="legend">{{.}}</p>
    {{/notes}}
    {{#footnotes}}
    <p class="legend">{{sign}} {{meaning}}</p>
    {{/footnotes}}
    </section>

    """

  /// Where the numbers of one document come from.
  static let provenance = """
    {{% CONTENT_TYPE:ESCAPED_HTML}}<h3>{{originTitle}}</h3>
    <dl>
    <dt>Software</dt><dd>{{software}}</dd>
    <dt>Command</dt><dd><code>{{command}}</code></dd>
    <dt>Seed</dt><dd>{{seed}}</dd>
    <dt>Dataset</dt><dd>{{dataset}}</dd>
    {{#sources}}
    <dt>File</dt><dd>{{file}} ({{role}})<br><code>SHA-256 {{digest}}</code></dd>
    {{/sources}}
    {{#settings}}
    <dt>{{name}}</dt><dd>{{choice}}</dd>
    {{/settings}}
    </dl>

    """
}
