"""Hold rendered press kits against public checkers of HTML, PDF and DOCX.

``make conformance`` installs the checkers, renders the newsroom and runs this
package over the result. It shares no code with gapress: what it knows of a kit
is the layout of its files (kits.py) and what any reader may expect of them.

    kits.py         find the files
    html_checks.py  Nu HTML checker; axe, requests and reflow in Chromium (browser.cjs)
    pdf_checks.py   qpdf, poppler, pdfium, two PDF/UA checkers
    docx_checks.py  Open XML validator; LibreOffice against python-docx; docx2txt, mammoth, pandoc
                    and docx-preview (preview-docx.cjs) against the page
    eml_checks.py   Python's parser of e-mails, and postal-mime (mail.mjs); axe and reflow in Chromium
    kit_checks.py   unzip, sha256sum; IPTC's JSON Schema of ninjs
    po_checks.py    msgfmt, translate-toolkit; histories.py asks msgfmt all along
    lifecycle.py    a corrected and a withdrawn release, to be checked too
    pictures.py     pages against reference pictures, with a tolerance
    machines.py     wrong clocks, full and read-only disks
    report.py       findings, then a table of file by check
"""
