// SPDX-License-Identifier: Apache-2.0

extension PageTemplate {
  /// The style sheet of the page, for screens and for paper.
  static let styleSheet = """
    :root { --ink: #1c1c1c; --quiet: #5a5a5a; --line: #d4d4d4; --tint: #f6f6f6; --link: #005a8f; }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 1180px; padding: 2rem 1.5rem 4rem; color: var(--ink);
      font: 16px/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1.5rem; }
    h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 1rem; }
    h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
    a { color: var(--link); text-decoration: none; }
    a:hover { text-decoration: underline; }
    p { margin: .5rem 0; max-width: 48rem; }
    .answer { border-left: 4px solid var(--link); padding: .1rem 0 .1rem 1rem; margin: 1rem 0; }
    .answer h2 { font-size: 1.05rem; margin: 0 0 .25rem; }
    .answer p { font-size: 1.05rem; }
    .warnings { border-left: 4px solid #d55e00; background: #fff7f0; padding: .6rem 1rem;
      margin: 1.5rem 0; }
    .warnings h2 { font-size: 1.05rem; margin: 0 0 .25rem; }
    .warnings ul { margin: 0; padding-left: 1.2rem; }
    .note { border: 1px solid var(--line); padding: .6rem 1rem; }
    nav { margin: 2rem 0; font-size: .92rem; }
    nav > ul { columns: 2; column-gap: 2.5rem; padding-left: 0; list-style: none; }
    nav ul ul { padding-left: 1.1rem; margin: .2rem 0 .8rem; }
    main > section > h2 { border-bottom: 2px solid var(--ink); padding-bottom: .3rem; }
    figure { margin: 1.5rem 0 2.5rem; break-inside: avoid; }
    figure svg { display: block; max-width: 100%; height: auto; }
    figcaption { color: var(--quiet); font-size: .92rem; max-width: 48rem; margin-top: .4rem; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums;
      border-bottom: 1.5px solid var(--ink); }
    th { border-top: 1.5px solid var(--ink); border-bottom: 1px solid var(--ink);
      vertical-align: bottom; }
    th, td { padding: .28rem .75rem; text-align: left; }
    th:first-child, td:first-child { padding-left: .25rem; }
    td { border-bottom: 1px solid #ececec; }
    .number { text-align: right; }
    td.number { white-space: nowrap; }
    td.word:first-child { white-space: nowrap; }
    tbody tr:nth-child(even) { background: var(--tint); }
    tr.summary td { border-top: 1px solid var(--ink); font-weight: 600; }
    .interval { color: var(--quiet); font-weight: 400; }
    .dense th, .dense td { padding: .28rem .5rem; }
    .dense .interval { display: block; font-size: .9em; }
    td[title] { cursor: help; }
    td.number a { color: inherit; }
    td:target { outline: 2px solid var(--link); }
    sup { line-height: 0; font-size: 1em; vertical-align: baseline; }
    .legend { color: var(--quiet); font-size: .85rem; margin: .3rem 0; max-width: 56rem; }
    dl { display: grid; grid-template-columns: 11rem 1fr; gap: .25rem 1rem; font-size: .9rem; }
    dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
    code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
    @page { size: A4; margin: 14mm; }
    @media print {
      body { max-width: none; padding: 0; font-size: 9.5pt; }
      a { color: inherit; }
      .scroll { overflow: visible; }
      section.table, tr { break-inside: avoid; }
      h2, h3 { break-after: avoid; }
      figure svg { width: auto; max-height: 235mm; }
      table { font-size: 7pt; }
      th, td { padding: .15rem .35rem; }
    }
    """
}
