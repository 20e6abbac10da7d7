/** @typedef {{ id: string, name: string, data: string }} ServerSentEvent without `data`, it says only where the stream is */

/**
 * Reads Server-Sent Events (HTML standard) as they come.
 *
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @param {() => void} onBytes called at all that comes, a heartbeat too
 * @returns {AsyncGenerator<ServerSentEvent, void, undefined>}
 * @throws what the connection fails with.
 */
export async function* readEvents(reader, onBytes) {
  const decoder = new TextDecoder();
  let [text, id, name, data] = ["", "", "", ""];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes();
    const lines = (text + decoder.decode(value, { stream: true })).split(/\r?\n/);
    text = lines.pop() ?? "";
    for (const line of lines) {
      // A comment has no name before its colon.
      const [, field, content = ""] = /^(\w*):? ?(.*)/s.exec(line) ?? [];
      if (field === "id") id = content;
      if (field === "event") name = content;
      if (field === "data") data += content;
      if (line) continue;
      yield { id, name, data };
      name = data = "";
    }
  }
}
