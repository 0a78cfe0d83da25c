// Positions of words, for exact phrases. They are loaded when a query first needs them.

const FIRST = 14;
const NEXT = 15;
const MORE = 16;

/**
 * Reads the positions that crates/search/src/export/positions.rs wrote.
 * @param {SearchIndex} index
 * @param {string} data
 */
function readPositions(index, data) {
  const decoder = new Decoder(data);
  for (const term of index.terms) {
    for (const field of index.fields.filter((field) => field.text)) {
      const postings = term.fields[field.number];
      if (postings) {
        postings.positions = postings.frequencies.map((counted) => {
          const more = context(MORE);
          const often = counted < field.often ? counted : counted + decoder.number(more, more, more);
          let position = -1;
          return Array.from({ length: often }, (_, at) => {
            const kind = at ? NEXT : FIRST;
            const few = context(kind, field.number, Math.min(often, 8));
            position += 1 + decoder.number(context(kind), context(kind, field.number), few);
            return position;
          });
        });
      }
    }
  }
  index.positioned = true;
}
