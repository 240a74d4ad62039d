// Parses e-mails with postal-mime and prints what it found, by file, as one JSON object.
//
//   node mail.mjs FILE…

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";

const found = {};
for (const file of process.argv.slice(2)) {
  const email = await PostalMime.parse(readFileSync(file));
  found[file] = {
    subject: email.subject,
    text: email.text,
    html: email.html,
    attachments: email.attachments.map((part) => [
      part.filename,
      part.mimeType,
      createHash("sha256").update(Buffer.from(part.content)).digest("hex"),
    ]),
  };
}
console.log(JSON.stringify(found));
