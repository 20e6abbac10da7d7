/** A batch as a sender writes it: one click at a believable time. */
export function wireBatch(over: object = {}): Record<string, unknown> {
  return {
    type: "actions",
    product_id: "acme",
    session_id: "s-1",
    actions: [wireAction()],
    count: 1,
    forwarded_at: 1_764_000_001,
    ...over,
  };
}

export function wireAction(over: object = {}): Record<string, unknown> {
  return {
    index: 0,
    type: "click",
    title: "Export",
    description: "Clicked Export",
    timestamp_start: 1_764_000_000,
    timestamp_end: 1_764_000_000.5,
    raw_url: "https://app.example.com/reports/7",
    canonical_url: "https://app.example.com/reports/:id",
    ...over,
  };
}
