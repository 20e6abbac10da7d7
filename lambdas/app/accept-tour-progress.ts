import { readTourReport, type TourReport, tourProgressEnvelope } from "../domain/session/tour-report.ts";
import { acceptPageReport, type PageAnswer, type PageReportPorts, type ReportKind } from "./accept-page-report.ts";
import type { PagePost } from "./admit-page.ts";

const reports: ReportKind<TourReport> = {
  metric: "tour_reports.accepted",
  read: readTourReport,
  toEnvelope: tourProgressEnvelope,
};

/**
 * Takes a page's word for how its tour goes on, or that its user reacted.
 *
 * @throws what {@link acceptPageReport} throws.
 */
export function acceptTourProgress(ports: PageReportPorts, post: PagePost): Promise<PageAnswer> {
  return acceptPageReport(ports, reports, post);
}
