//! Any bytes as a workbook: as they are where they say that they are an archive, otherwise as the sheet
//! of one (`<office` begins that of an .ods).
#![no_main]

use std::sync::LazyLock;

use rmsurvey_fuzz::{Desk, packed};

static EXCEL: LazyLock<Desk> = LazyLock::new(|| Desk::with_answers("answers.xlsx"));
static OPEN: LazyLock<Desk> = LazyLock::new(|| Desk::with_answers("answers.ods"));

const TYPES: &[u8] = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const BOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Answers" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const TEXTS: &[u8] = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Reference</t></si><si><t>Area</t></si><si><r><t>Q1 </t></r><r><t>Finance</t></r></si></sst>"#;
const STYLES: &[u8] = br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>"#;
const KIND: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &[u8] =
    br#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        for (desk, name) in [(&EXCEL, "answers.xlsx"), (&OPEN, "answers.ods")] {
            desk.write(name, bytes);
            desk.read();
        }
    } else if bytes.starts_with(b"<office") {
        let parts = [("mimetype", KIND), ("META-INF/manifest.xml", MANIFEST), ("content.xml", bytes)];
        OPEN.write("answers.ods", &packed(&parts));
        OPEN.read();
    } else {
        let parts = [
            ("[Content_Types].xml", TYPES),
            ("xl/workbook.xml", BOOK),
            ("xl/_rels/workbook.xml.rels", LINKS),
            ("xl/sharedStrings.xml", TEXTS),
            ("xl/styles.xml", STYLES),
            ("xl/worksheets/sheet1.xml", bytes),
        ];
        EXCEL.write("answers.xlsx", &packed(&parts));
        EXCEL.read();
    }
});
